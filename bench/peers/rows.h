// The rows of one submission, as the product writes them and with its own statements, for the bare loops that it is
// measured against: 3 KB of answers, one area, three readings, one event, one message.
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/id.h"
#include "base/random.h"
#include "features/applications/key.sql.h"
#include "features/applications/submit.sql.h"
#include "features/audit/event.sql.h"
#include "features/messages/message.sql.h"

namespace bench {

struct Bytes {
  std::string bytes;
};
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
struct Row {
  std::string_view sqlite, postgres;
  std::vector<Value> values;
};

template <std::size_t N>
Row row(const bursary::db::Query<N>& query, std::vector<Value> values) {
  return {query.sqlite, query.postgres, std::move(values)};
}

inline std::string random_bytes(bursary::Random& random, std::size_t count) {
  std::string out(count, '\0');
  for (auto& byte : out) byte = static_cast<char>(random.u64());
  return out;
}

// What the load's form says, decoded: the peer writes the same text, which a database may compress as well.
inline std::string answers_of_load(const std::string& file = "bench/load/application.body") {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("run it where " + file + " can be read");
  const std::string body(std::istreambuf_iterator<char>(in), {});
  std::string out;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '%' && i + 2 < body.size()) {
      out += static_cast<char>(std::stoi(body.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += body[i] == '+' ? ' ' : body[i];
    }
  }
  return out;
}

// The rows of submission number n. `form_version` is an id that is in the database.
inline std::vector<Row> rows_of(std::int64_t n, std::int64_t form_version, bursary::IdSource& ids,
                                bursary::Random& random, const std::string& answers) {
  namespace submit = bursary::sql::applications::submit;
  const std::int64_t id = ids.next_value(), queue_id = ids.next_value(), now = 1'800'000'000'000'000 + n;
  const std::string number = std::to_string(n);
  std::vector<Row> rows;
  rows.push_back(
      row(bursary::sql::applications::key::take, {Bytes{random_bytes(random, 32)}, now / 86'400'000'000, id}));
  rows.push_back(
      row(submit::insert_application,
          {id, std::string("researcher-access"), "RA-" + bursary::to_base32(random_bytes(random, 6)) + number,
           Bytes{random_bytes(random, 32)}, form_version, std::string("en"), "Wanjiru Otieno " + number,
           "wanjiru." + number + "@example.org", std::string("University of Nairobi"), std::string("KE"),
           std::string("alignment"), std::string("alignment"), std::int64_t{0}, now, queue_id}));
  rows.push_back(row(submit::insert_submission, {id, form_version, now, answers, Bytes{random_bytes(random, 16)},
                                                 Bytes{random_bytes(random, 32)}}));
  rows.push_back(row(submit::insert_area, {std::string("researcher-access"), std::string("alignment"), queue_id}));
  rows.push_back(
      row(submit::insert_reading, {id, std::string("timeline"), std::int64_t{0}, std::int64_t{6000}, std::string()}));
  rows.push_back(row(submit::insert_reading, {id, std::string("budget"), std::int64_t{1},
                                              std::int64_t{5'000'000'000'000}, std::string("USD")}));
  rows.push_back(row(submit::insert_reading,
                     {id, std::string("investigators"), std::int64_t{2}, std::int64_t{2000}, std::string()}));
  rows.push_back(row(bursary::sql::audit::event::write, {ids.next_value(), id, std::string("submitted"),
                                                         std::int64_t{0}, std::monostate{}, now, std::string("{}")}));
  rows.push_back(row(
      bursary::sql::messages::message::insert_message,
      {ids.next_value(), id, std::string("submitted"), std::string("en"), "wanjiru." + number + "@example.org",
       std::string(
           R"({"name":"Wanjiru","reference":"RA-7K3M-Q9XT5","link":"http://localhost/application/xxxxxxxxxxxxxxxxxxxxxxxxxxxx"})"),
       "<" + number + "@localhost>", now, now}));
  rows.push_back(row(submit::insert_backlog, {queue_id, now}));
  return rows;
}

}  // namespace bench
