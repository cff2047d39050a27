#include "features/accounts/code_picture.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace bursary::accounts {
namespace {

constexpr int kMargin = 4;  // modules, as the standard asks

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

CodePictureView code_picture(const std::string& text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  if (!code) throw std::invalid_argument("too long for squares");
  return {code->width + 2 * kMargin, path_of(*code)};
}

}  // namespace bursary::accounts
