#include "features/applications/files.h"

#include "features/applications/files.sql.h"

namespace bursary::applications {

namespace files_sql = sql::applications::files;

namespace {

// Small enough that no statement holds the writer for long.
constexpr std::size_t kFilePiece = 256U << 10;
constexpr std::size_t kTokenCharacters = 22;

void write_file(db::Tx& tx, IdSource& ids, Instant now, ApplicationId application, const NamedFile& named) {
  const std::int64_t id = ids.next_value();
  const NewFile& file = named.file;
  tx.execute(files_sql::keep, id, application, file.question, named.token, file.name, file.media_type,
             file.bytes.size(), db::BytesView{bytes_of(named.sha256)}, now);
  std::int64_t number = 0;
  for (std::size_t at = 0; at < file.bytes.size(); at += kFilePiece) {
    tx.execute(files_sql::keep_piece, id, number++, db::BytesView{file.bytes.substr(at, kFilePiece)});
  }
}

}  // namespace

std::vector<NamedFile> name_files(const std::vector<NewFile>& files) {
  std::vector<NamedFile> out;
  out.reserve(files.size());
  for (const NewFile& file : files) {
    NamedFile named{file, {}, sha256(file.bytes)};
    std::string name = file.question;
    name.append("\n").append(file.name).append("\n").append(bytes_of(named.sha256));
    named.token = to_base64url(bytes_of(sha256(name))).substr(0, kTokenCharacters);
    out.push_back(std::move(named));
  }
  return out;
}

forms::Answers with_files(const forms::Answers& answers, const std::vector<NamedFile>& files) {
  forms::Answers out = answers;
  for (const NamedFile& named : files) {
    std::vector<forms::FileAnswer> kept = out.files(named.file.question);
    const bool there = std::any_of(kept.begin(), kept.end(), [&](const auto& file) { return file.id == named.token; });
    if (there) continue;
    kept.push_back({named.token, named.file.name, named.file.media_type,
                    static_cast<std::int64_t>(named.file.bytes.size()), to_hex(bytes_of(named.sha256))});
    out.set(named.file.question, std::move(kept));
  }
  return out;
}

std::set<std::string, std::less<>> files_named(const forms::Answers& answers) {
  std::set<std::string, std::less<>> out;
  for (const auto& [question, answer] : answers.all()) {
    if (const auto* files = std::get_if<std::vector<forms::FileAnswer>>(&answer)) {
      for (const forms::FileAnswer& file : *files) out.insert(file.id);
    }
  }
  return out;
}

void write_files(db::Tx& tx, IdSource& ids, Instant now, ApplicationId application, const std::vector<NamedFile>& files,
                 const std::set<std::string, std::less<>>& named, bool is_new) {
  std::set<std::string, std::less<>> there;
  if (!is_new) {
    for (const db::Row& row : tx.query(files_sql::list, application)) {
      if (named.contains(row.text(1))) {
        there.insert(row.text(1));
        continue;
      }
      tx.execute(files_sql::drop_pieces, row.integer(0));
      tx.execute(files_sql::drop, row.integer(0));
    }
  }
  for (const NamedFile& file : files) {
    if (named.contains(file.token) && there.insert(file.token).second) write_file(tx, ids, now, application, file);
  }
}

std::optional<KeptFile> find_file(db::Tx& tx, ApplicationId application, std::string_view token) {
  const auto row = tx.find(files_sql::find, application, token);
  if (!row) return std::nullopt;
  KeptFile out{row->text(1), row->text(2), row->text(3), {}};
  out.bytes.reserve(static_cast<std::size_t>(row->integer(4)));
  for (const db::Row& piece : tx.query(files_sql::pieces, row->integer(0))) out.bytes += piece.bytes(0);
  return out;
}

}  // namespace bursary::applications
