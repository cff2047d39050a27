#include "features/accounts/code_picture.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace bursary::accounts {
namespace {

constexpr int kMargin = 4;  // modules, as the standard asks

std::string escaped(std::string_view text) {
  std::string out;
  html::append_escaped(out, text);
  return out;
}

std::string path_of(const QRcode& code) {
  std::string path;
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width; ++x) {
      const bool dark = (code.data[y * code.width + x] & 1) != 0;
      if (dark) path += fmt::format("M{} {}h1v1h-1z", x + kMargin, y + kMargin);
    }
  }
  return path;
}

}  // namespace

html::SafeHtml code_picture(const std::string& text, std::string_view name) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  if (!code) throw std::invalid_argument("too long for squares");
  const int side = code->width + 2 * kMargin;
  return html::SafeHtml::trusted(fmt::format(
      R"(<svg class="squares__picture" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges"><path class="squares__ground" d="M0 0h{}v{}H0z"/><path class="squares__dark" d="{}"/></svg>)",
      escaped(name), side, side, side, side, path_of(*code)));
}

}  // namespace bursary::accounts
