// What the page's forms post: one act each, then the page again, or the next application.
#include "base/number.h"
#include "features/screening/page.h"

namespace bursary::screening {
namespace {

struct PostedAct {
  const Parts& parts;
  const web::FormData& form;
  Act act;
  const applications::Parts& applications() const { return parts.applications; }
  std::string text(const char* name) const { return form.get(name); }
};

Result<void> give_back(const PostedAct& visit) {
  const auto due = read_day(visit.text("due"));
  if (!due) return fail({{"due", "screening.problem.day"}});
  return return_for_changes(visit.applications(), visit.act, visit.text("changes"), *due);
}

Result<void> hold(const PostedAct& visit) {
  const auto until = read_day(visit.text("until"));
  if (!until) return fail({{"until", "screening.problem.day"}});
  return put_on_hold(visit.applications(), visit.act, visit.text("reason"), *until);
}

Result<void> check(const PostedAct& visit) {
  const auto kind = check_named(visit.text("kind"));
  const auto outcome = outcome_named(visit.text("outcome"));
  if (!kind || !outcome) return fail(ErrorKind::invalid, "problem.status.400");
  return record_check(visit.applications(), visit.act.id, visit.act.by,
                      {*kind, *outcome, visit.text("subject"), visit.text("remark")});
}

Result<void> flag(const PostedAct& visit, bool on) {
  const auto kind = applications::flag_named(visit.text("flag"));
  if (!kind) return fail(ErrorKind::invalid, "problem.status.400");
  return on ? set_flag(visit.applications(), visit.act.id, visit.act.by, *kind, visit.text("flag_reason"))
            : take_flag_off(visit.applications(), visit.act.id, visit.act.by, *kind, visit.text("off_reason"));
}

Result<void> note(const PostedAct& visit) {
  const auto written = write_note(visit.applications(), visit.act.id, visit.act.by, visit.text("note"));
  if (!written) return fail(written.error());
  return {};
}

Result<void> do_act(const std::string& name, const PostedAct& visit) {
  if (name == "take_up") return take_up(visit.applications(), visit.act);
  if (name == "review" || name == "review_next") return send_to_review(visit.applications(), visit.act);
  if (name == "take_back") return take_back(visit.applications(), visit.act);
  if (name == "go_on") return end_hold(visit.applications(), visit.act);
  if (name == "return") return give_back(visit);
  if (name == "hold") return hold(visit);
  if (name == "check") return check(visit);
  if (name == "flag") return flag(visit, true);
  if (name == "flag_off") return flag(visit, false);
  if (name == "note") return note(visit);
  if (name == "edit_note")
    return edit_note(visit.applications(), visit.act.id, NoteId{read_row_number(visit.text("note_id"))}, visit.act.by,
                     visit.text("note"));
  return fail(ErrorKind::invalid, "problem.status.400");
}

std::string path_of(std::string_view reference) { return fmt::format("/staff/applications/{}/screening", reference); }

}  // namespace

std::optional<Instant> read_day(std::string_view typed) {
  if (typed.size() != 10) return std::nullopt;
  return parse_rfc3339(std::string(typed) + "T12:00:00Z");
}

web::Response post_screening(const Parts& parts, const web::Request& request, const web::Context& context) {
  auto form = web::parse_form(request);
  if (!form) {
    return site::error_page(*parts.applications.programs.current(), request, context, web::status_of(form.error()),
                            form.error());
  }
  const std::string program = parts.applications.programs.current()->slug;
  const auto found = parts.applications.database.read(
      [&](db::Tx& tx) { return applications::find_by_reference(tx, program, context.path_value("reference")); });
  if (!found) return not_found(parts, request, context);
  if (!context.viewer.person) return not_found(parts, request, context);
  const State seen = applications::state_named(form->get("_seen")).value_or(found->state);
  const std::string name = form->get("_action");
  const auto done = do_act(name, {parts, *form, {found->id, seen, *context.viewer.person}});
  if (!done && done.error().kind == ErrorKind::unavailable) {
    return site::error_page(*parts.applications.programs.current(), request, context, web::status_of(done.error()),
                            done.error());
  }
  if (!done) {
    const Refused refused{std::move(*form), done.error()};
    return show_page(parts, request, context, &refused);
  }
  if (name == "review_next") {
    const auto next =
        parts.applications.database.read([&](db::Tx& tx) { return next_waiting(tx, program, found->id); });
    if (next) return web::see_other(path_of(*next) + "?done=reviewed_before");
  }
  return web::see_other(path_of(found->reference) + "?done=" + name);
}

}  // namespace bursary::screening
