// What this feature's templates show. Private.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/site/act_view.h"
#include "html/writer.h"

namespace bursary::applications {

// An answer that the changed form has no place for.
struct Orphan {
  std::string label, text;
};
struct DraftHeadView {
  std::string link_page;  // "/draft/<secret>/saved"; empty: there is no draft, or it is edited by a person
  std::string together;   // the application's own page, for its people
  bool keeps_address = false;
  std::vector<Orphan> orphans;
};
struct SavedView {
  std::string address, path, check_path, expires, email, token;
  std::string problem_text;  // of the address; empty: none
  bool mailed = false;
  std::string mailed_to;
};
struct CheckView {
  std::string path, token, proof_worker;
  std::int64_t version = 0;
  std::size_t problems = 0;
  bool may_submit = true;
  html::SafeHtml answers;
};
struct EndedView {
  Phrase title, explanation;
};
struct RepeatedView {
  std::string reference, submitted_at;
};
struct ConfirmationPageView {
  std::string reference, spelled, submitted_at, by, email, path, token, address;
  bool open = true;  // the address can still be mended
  bool in_grace = false;
  bool mailed = false;  // just now, again
  std::string problem;  // of the address
  std::string typed;    // the address as typed, when there is a problem
  html::SafeHtml next, answers;

  // Where it stands, once it has moved on; empty state: it has just come in.
  Phrase state, state_next;
  bool told = false;            // there is a decision to be read
  std::string number;           // "2": the answers below are its second submission; empty: the first
  std::string asked, asked_by;  // what its applicant was asked to change, and until when
  bool changing = false;        // there is a working copy
  bool can_change = false;
  std::vector<site::ActView> acts;
  Phrase done;  // what was just done
};
struct ReceiptLine {
  Phrase name;
  std::string value;
};
struct ReceiptPageView {
  bool checked = false, holds = false;
  Phrase finding;                  // of a receipt that was checked
  Phrase about_answers;            // empty: it carries none
  std::vector<ReceiptLine> lines;  // what it says
  std::string text;                // as it was pasted
};

}  // namespace bursary::applications
