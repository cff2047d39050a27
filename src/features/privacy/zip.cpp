#include "features/privacy/zip.h"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace bursary::privacy {
namespace {

la_ssize_t append(::archive*, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void must(int code, ::archive* archive) {
  if (code != ARCHIVE_OK) throw std::runtime_error(std::string("ZIP: ") + archive_error_string(archive));
}

}  // namespace

NamesInUtf8::NamesInUtf8() : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{})) {
  if (utf8_ == locale_t{}) throw std::runtime_error("the system has no locale C.UTF-8");
  before_ = ::uselocale(utf8_);
}

NamesInUtf8::~NamesInUtf8() {
  ::uselocale(before_);
  ::freelocale(utf8_);
}

void Zip::Close::operator()(::archive* archive) const { archive_write_free(archive); }

Zip::Zip(std::string& out) : archive_(archive_write_new()) {
  const NamesInUtf8 names;
  if (!archive_) throw std::runtime_error("ZIP: no memory");
  must(archive_write_set_format_zip(archive_.get()), archive_.get());
  must(archive_write_set_options(archive_.get(), "zip:hdrcharset=UTF-8"), archive_.get());
  must(archive_write_set_bytes_per_block(archive_.get(), 0), archive_.get());
  must(archive_write_open(archive_.get(), &out, nullptr, append, nullptr), archive_.get());
}

Zip::~Zip() = default;

void Zip::begin_file(const std::string& name, std::int64_t size, Instant at) {
  const NamesInUtf8 names;
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
  if (!entry) throw std::runtime_error("ZIP: no memory");
  archive_entry_set_pathname_utf8(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), size);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), at.micros / 1'000'000, 0);
  must(archive_write_header(archive_.get(), entry.get()), archive_.get());
}

void Zip::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const la_ssize_t taken = archive_write_data(archive_.get(), bytes.data(), bytes.size());
    if (taken <= 0) throw std::runtime_error(std::string("ZIP: ") + archive_error_string(archive_.get()));
    bytes.remove_prefix(static_cast<std::size_t>(taken));
  }
}

void Zip::finish() {
  const NamesInUtf8 names;
  must(archive_write_close(archive_.get()), archive_.get());
}

}  // namespace bursary::privacy
