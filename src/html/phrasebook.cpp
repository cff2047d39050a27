#include "html/phrasebook.h"

#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <mutex>
#include <optional>

#include "base/number.h"
#include "html/icu_locale.h"

namespace bursary::html {
namespace {

const std::string* value_of(const Phrasebook::Values& values, std::string_view name) {
  for (const auto& [key, value] : values) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace

// ICU's formatters: made once per language. Formatting is const and safe from any thread; the cache of date formats
// by zone is behind a mutex.
struct Phrasebook::Formats {
  struct Dates {
    std::unique_ptr<icu::DateFormat> day, time;
  };

  explicit Formats(const std::string& tag)
      : locale(icu_locale(tag)), numbers(icu::number::NumberFormatter::withLocale(locale)) {
    UErrorCode status = U_ZERO_ERROR;
    plurals.reset(icu::PluralRules::forLocale(locale, status));
    if (U_FAILURE(status)) plurals = nullptr;
  }

  std::shared_ptr<const Dates> dates(std::string_view zone) {
    const std::lock_guard lock(mutex);
    if (auto found = by_zone.find(zone); found != by_zone.end()) return found->second;
    if (by_zone.size() >= kMostZones) by_zone.clear();
    auto made = std::make_shared<Dates>();
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    const auto format = [&](const char* skeleton) {
      auto made_format =
          std::make_unique<icu::SimpleDateFormat>(patterns->getBestPattern(skeleton, status), locale, status);
      std::unique_ptr<icu::TimeZone> at(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(zone))));
      const bool unknown = *at == icu::TimeZone::getUnknown();
      made_format->adoptTimeZone(unknown ? icu::TimeZone::createTimeZone("UTC") : at.release());
      return made_format;
    };
    made->day = format("dMMMMy");
    made->time = format("HHmmz");
    by_zone.emplace(zone, made);
    return made;
  }

  static constexpr std::size_t kMostZones = 64;
  icu::Locale locale;
  icu::number::LocalizedNumberFormatter numbers;
  std::unique_ptr<icu::PluralRules> plurals;
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const Dates>, std::less<>> by_zone;
};

Phrasebook::Phrasebook(std::string tag, std::unordered_map<std::string, std::string> texts, const Phrasebook* fallback)
    : tag_(std::move(tag)),
      fallback_(fallback),
      right_to_left_(icu_locale(tag_).isRightToLeft()),
      formats_(std::make_unique<Formats>(tag_)) {
  texts_.reserve(texts.size());
  while (!texts.empty()) {
    auto taken = texts.extract(texts.begin());
    texts_.emplace(std::move(taken.key()), std::move(taken.mapped()));
  }
}

Phrasebook::~Phrasebook() = default;

bool Phrasebook::has(std::string_view key) const {
  return texts_.contains(key) || texts_.contains(std::string(key) + ".other");
}

const std::string* Phrasebook::find(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : &found->second;
}

const std::string* Phrasebook::find_plural(std::string_view key, const Values& values) const {
  const std::string* n = value_of(values, "n");
  if (n == nullptr) return nullptr;
  std::string form = std::string(key) + ".other";
  const std::string* other = find(form);
  if (other == nullptr) return nullptr;
  const auto number = read_integer(*n);
  if (!number || formats_->plurals == nullptr) return other;
  form.resize(key.size() + 1);
  form += to_utf8(formats_->plurals->select(static_cast<double>(*number)));
  const std::string* exact = find(form);
  return exact != nullptr ? exact : other;
}

const std::string* Phrasebook::pattern(std::string_view key, const Values& values) const {
  if (const std::string* found = find(key)) return found;
  if (const std::string* found = find_plural(key, values)) return found;
  return fallback_ != nullptr ? fallback_->pattern(key, values) : nullptr;
}

void Phrasebook::fill(std::string_view key, const Values& values,
                      const std::function<void(std::string_view)>& piece) const {
  const std::string* found = pattern(key, values);
  std::string_view rest = found != nullptr ? std::string_view(*found) : key;
  while (!values.empty()) {
    const std::size_t open = rest.find('{');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const std::string* value = value_of(values, name);
    piece(rest.substr(0, value != nullptr ? open : close + 1));
    if (value != nullptr) {
      const auto count = name == "n" ? read_integer(*value) : std::nullopt;
      if (count) {
        piece(number(*count));
      } else {
        piece(*value);
      }
    }
    rest.remove_prefix(close + 1);
  }
  piece(rest);
}

std::string Phrasebook::text(std::string_view key, const Values& values) const {
  std::string out;
  fill(key, values, [&out](std::string_view piece) { out.append(piece); });
  return out;
}

std::string Phrasebook::number(std::int64_t n) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto formatted = formats_->numbers.formatInt(n, status);
  const icu::UnicodeString text = formatted.toString(status);
  return U_SUCCESS(status) ? to_utf8(text) : std::to_string(n);
}

std::string Phrasebook::date(Instant at, std::string_view zone) const {
  icu::UnicodeString out;
  formats_->dates(zone)->day->format(static_cast<UDate>(at.micros) / 1000, out);
  return to_utf8(out);
}

std::string Phrasebook::date_time(Instant at, std::string_view zone) const {
  icu::UnicodeString out;
  formats_->dates(zone)->time->format(static_cast<UDate>(at.micros) / 1000, out);
  return date(at, zone) + ", " + to_utf8(out);
}

}  // namespace bursary::html
