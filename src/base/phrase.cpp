#include "base/phrase.h"

namespace bursary {

Phrase::Phrase() = default;
Phrase::Phrase(std::string k) : key(std::move(k)) {}
Phrase::Phrase(const char* k) : key(k) {}
Phrase::Phrase(std::string k, std::vector<std::pair<std::string, std::string>> v)
    : key(std::move(k)), values(std::move(v)) {}
Phrase::Phrase(const Phrase& other) = default;
Phrase::Phrase(Phrase&& other) noexcept = default;
Phrase& Phrase::operator=(const Phrase& other) = default;
Phrase& Phrase::operator=(Phrase&& other) noexcept = default;
Phrase::~Phrase() = default;

}  // namespace bursary
