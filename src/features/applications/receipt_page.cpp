#include <boost/json.hpp>

#include "features/applications/handlers.h"
#include "features/applications/page_views.h"
#include "features/applications/receipt.h"
#include "features/applications/receipt_page.html.h"

namespace bursary::applications {
namespace {

using Finding = ReceiptCheck::Finding;

std::string_view finding_name(Finding finding) {
  switch (finding) {
    case Finding::holds:
      return "holds";
    case Finding::not_a_receipt:
      return "not_a_receipt";
    case Finding::unknown_key:
      return "unknown_key";
    case Finding::bad_signature:
      return "bad_signature";
  }
  return "not_a_receipt";
}

// What a receipt says is told only where it holds: else it would be read as said by us.
void tell_finding(const Visit& visit, const ReceiptCheck& check, ReceiptPageView& view) {
  view.checked = true;
  view.holds = check.finding == Finding::holds && check.answers_match.value_or(true);
  view.finding = "applications.receipt.finding." + std::string(finding_name(check.finding));
  if (check.answers_match) {
    view.about_answers =
        *check.answers_match ? "applications.receipt.answers.match" : "applications.receipt.answers.differ";
  }
  if (check.finding != Finding::holds) return;
  const std::optional<Instant> at = parse_rfc3339(check.submitted_at);
  const auto line = [&](const char* name, std::string value) {
    view.lines.push_back({std::string("applications.receipt.line.") + name, std::move(value)});
  };
  line("reference", check.reference);
  line("submitted_at", at ? visit.phrases().date_time(*at) + " (" + check.submitted_at + ")" : check.submitted_at);
  line("program", check.program);
  line("issuer", check.issuer);
  line("form_version", check.form_version);
  line("digest", check.digest);
  if (!check.answers.empty()) line("answers", check.answers);
}

web::Response show_page(const Visit& visit, const ReceiptPageView& view, int status) {
  html::Writer writer(visit.phrases());
  tpl::applications::receipt_page(writer, view);
  site::PageHead head;
  head.title = visit.phrases().text("applications.receipt.title");
  head.description = visit.phrases().text("applications.receipt.lede");
  head.path = "/receipt";
  return site::page(*visit.program, visit.context, head, writer.take(), status);
}

}  // namespace

web::Response get_receipt_page(const Visit& visit) { return show_page(visit, {}, 200); }

web::Response post_receipt_page(const Visit& visit) {
  web::FormLimits limits;
  limits.fields = 4;
  limits.files = 1;
  limits.field_bytes = 4u << 20;
  const Result<web::FormData> form = web::parse_form(visit.request, limits);
  if (!form) return show_error(visit, form.error());
  ReceiptPageView view;
  view.text = form->get("receipt");
  std::string_view text = view.text;
  for (const web::UploadedFile& file : form->files) {
    if (!file.bytes.empty()) text = file.bytes;
  }
  if (text.empty()) {
    view.checked = true;
    view.finding = "applications.problem.receipt_missing";
    return show_page(visit, view, 422);
  }
  tell_finding(visit, verify_receipt(text, receipt_keys(visit.parts())), view);
  return show_page(visit, view, 200);
}

web::Response post_receipt_json(const Visit& visit) {
  const ReceiptCheck check = verify_receipt(visit.request.body_bytes(), receipt_keys(visit.parts()));
  boost::json::object out{{"holds", check.finding == Finding::holds && check.answers_match.value_or(true)},
                          {"finding", finding_name(check.finding)}};
  if (check.answers_match) out["answers_match"] = *check.answers_match;
  if (check.finding == Finding::holds) {
    out["reference"] = check.reference;
    out["submitted_at"] = check.submitted_at;
    out["program"] = check.program;
    out["issuer"] = check.issuer;
    out["form_version"] = check.form_version;
    out["digest"] = check.digest;
    out["key"] = check.key_id;
  }
  return web::json(boost::json::serialize(out));
}

web::Response get_receipt_keys(const Visit& visit) { return web::json(receipt_keys_json(receipt_keys(visit.parts()))); }

}  // namespace bursary::applications
