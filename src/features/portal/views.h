// What the portal's pages show. Private.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/site/act_view.h"
#include "html/writer.h"

namespace bursary::portal {

// Something that waits for its person.
struct WaitingView {
  std::string href, about;  // about: which application; empty: it says so itself
  Phrase text, act;
};
struct EntryView {
  std::string title, href, changed, tag;
  Phrase state, next, due, as;  // due: by when; empty: nothing is promised. as: "co-editor"; empty: theirs
  bool act = false;
};
struct MyView {
  std::string email, form_token;
  Phrase others;  // how soon others were answered; empty: nobody of these waits, or too few were
  std::vector<WaitingView> waiting;
  std::vector<EntryView> entries;
};

enum class Tab { overview, messages, people };
struct TabView {
  std::string href;
  Phrase name;
  std::string count, count_words;  // empty: nothing new
  bool current = false;
};
struct HeadView {
  std::string title, tag;
  Phrase state, as;
  std::vector<TabView> tabs;
};

struct SubmissionLine {
  std::string href, when;
  Phrase name;
  std::string pdf, receipt, receipt_open;
};
struct MomentView {
  std::string when, who;
  Phrase what;
};
struct ApplicationView {
  HeadView head;
  std::string path, token, draft_path, reference, asked, trouble, contact, private_link;
  std::vector<WaitingView> waiting;
  Phrase done, next, due, others, asked_by;
  bool draft = false, changing = false, told = false;
  bool may_edit = false, may_submit = false, may_change = false, owns = false;
  std::vector<site::ActView> acts;
  std::vector<SubmissionLine> submissions;
  std::vector<MomentView> timeline;
};

struct ExchangeView {
  std::string who, when, body, subject;  // subject: of a message that the program sent
  html::SafeHtml words;                  // of that message
  bool mine = false, unread = false;
};
struct MessagesView {
  HeadView head;
  std::string path, token, problem, typed;
  Phrase done;
  bool unread = false;
  std::string last_letter;
  std::vector<ExchangeView> exchange;
};

struct MemberView {
  std::string id, name, email, tag;
  Phrase as, state;
  bool you = false, waits = false, may_submit = false, can_submit = false, removable = false, heir = false;
};
struct PeopleView {
  HeadView head;
  std::string path, token, refused;            // refused: why an act was not done
  std::string problem, typed, typed_relation;  // of an invitation that was not sent
  Phrase done;
  bool owns = false, typed_may_submit = false;
  std::vector<MemberView> members;
};

struct SubmissionView {
  HeadView head;
  Phrase name;
  std::string when, pdf, receipt, receipt_open;
  html::SafeHtml answers;
};

struct TogetherView {
  std::string path, inviter, email, until, program, problem, viewer, token;
  Phrase role;
  bool ended = false, logged_in = false, declined = false;
  std::vector<Phrase> means;
};

}  // namespace bursary::portal
