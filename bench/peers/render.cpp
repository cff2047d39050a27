// The form's page from its templates against the same bytes by string appends: what a hand-written page would cost.
// Prints one JSON object. Usage: bench_render [RUNS]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "base/crypto.h"
#include "features/site/apply_page.h"
#include "features/site/site.h"

using namespace bursary;

namespace {

// What /apply shows first; what is left out has its default.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
site::ApplyView first_view(const programs::Program& program, const forms::Answers& none) {
  return {.definition = program.form, .answers = none, .form_version = program.form_version};
}
#pragma GCC diagnostic pop

// The page taken apart at each tag: literals and texts, as the appends of a hand-written page would have them.
std::vector<std::string> pieces_of(const std::string& page) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t next = page.find('<', at + 1);
    pieces.push_back(page.substr(at, next == std::string::npos ? next : next - at));
    at = next == std::string::npos ? page.size() : next;
  }
  return pieces;
}

template <class Work>
double median_micros(int runs, const Work& work) {
  std::vector<double> took;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    took.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(took);
  return took[took.size() / 2];
}

}  // namespace

int main(int count, char** words) {
  const int runs = count > 1 ? std::atoi(words[1]) : 2000;
  crypto_ready();
  std::vector<programs::Problem> problems;
  const auto programs = std::move(programs::Programs::open({}, problems).value());
  const auto program = programs->current();
  const html::Phrasebook& phrases = program->phrasebooks->get("en");
  const forms::Answers none;
  const web::Context context{phrases, {}, {}, {}, {}, {}};
  const auto draw = [&] {
    const site::ApplyView view = first_view(*program, none);
    site::PageHead head;
    head.title = site::apply_title(*program, phrases, view);
    head.path = "/apply";
    return site::document(*program, context, head, site::apply_body(*program, phrases, view)).str();
  };
  const std::string page = draw();
  const auto pieces = pieces_of(page);
  std::size_t sum = 0;
  const double ours = median_micros(runs, [&] { sum += draw().size(); });
  const double appends = median_micros(runs, [&] {
    std::string out;
    for (const auto& piece : pieces) {
      const auto end = piece.find('>');
      out.append(piece, 0, end + 1);
      if (end != std::string::npos) html::append_escaped(out, std::string_view(piece).substr(end + 1));
    }
    sum += out.size();
  });
  fmt::print("{{\"bytes\":{},\"template_us\":{:.1f},\"appends_us\":{:.1f},\"sum\":{}}}\n", page.size(), ours, appends,
             sum);
}
