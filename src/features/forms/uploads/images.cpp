// PNG and JPEG: their structure is walked, nothing is decoded.
#include "features/forms/uploads/bytes.h"
#include "features/forms/uploads/file_types.h"

namespace bursary::forms {
namespace {

constexpr std::uint64_t kMostPixels = 100'000'000;  // a picture of more is made to exhaust whoever opens it

std::optional<Phrase> damaged_image() { return Phrase("forms.problem.file_damaged"); }

std::optional<Phrase> check_pixels(std::uint32_t width, std::uint32_t height) {
  if (width == 0 || height == 0) return damaged_image();
  if (std::uint64_t{width} * height > kMostPixels) return Phrase("forms.problem.file_pixels");
  return std::nullopt;
}

// Markers that begin a frame and so hold the picture's size.
bool is_frame(unsigned marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

std::optional<Phrase> examine_png(std::string_view bytes) {
  std::size_t at = 8;
  if (big32(bytes, at) != 13u || !bytes.substr(at).substr(4).starts_with("IHDR")) return damaged_image();
  const auto width = big32(bytes, 16);
  const auto height = big32(bytes, 20);
  if (!width || !height) return damaged_image();
  if (auto wrong = check_pixels(*width, *height)) return wrong;
  while (at + 12 <= bytes.size()) {
    const std::size_t length = big32(bytes, at).value_or(0);
    if (length > bytes.size() || bytes.size() - at < length + 12) return damaged_image();
    const std::string_view kind = bytes.substr(at + 4, 4);
    at += length + 12;
    if (kind != "IEND") continue;
    if (at != bytes.size()) return Phrase("forms.problem.file_two_kinds");  // something is hidden behind the picture
    return std::nullopt;
  }
  return damaged_image();
}

std::optional<Phrase> examine_jpeg(std::string_view bytes) {
  if (zip_end(bytes)) return Phrase("forms.problem.file_two_kinds");
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) != 0xFF) return damaged_image();
    const unsigned marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    const auto length = big16(bytes, at + 2);
    if (!length || *length < 2) return damaged_image();
    if (is_frame(marker)) {
      const auto height = big16(bytes, at + 5);
      const auto width = big16(bytes, at + 7);
      if (!width || !height || bytes.find("\xff\xd9", at) == std::string_view::npos) return damaged_image();
      return check_pixels(*width, *height);
    }
    at += 2 + *length;
  }
  return damaged_image();
}

}  // namespace bursary::forms
