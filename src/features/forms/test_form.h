// A small form with one question of each type, for the tests of this folder alone.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "features/forms/forms.h"

namespace bursary::forms {

Definition test_form();
// Answers to all that it requires: no problems, no warnings.
Answers good_answers();

// A post of these fields to it.
using Fields = std::initializer_list<std::pair<const char*, std::string>>;
Taken take_fields(Fields fields, const Answers& kept = {});

// The problem with one answer among good ones; an empty phrase when there is none.
Phrase problem_with(const std::string& key, Answer answer);
// The same among warnings.
Phrase warning_about(const std::string& key, Answer answer);

// The product's English and Spanish.
const html::Phrasebook& english();
const html::Phrasebook& spanish();

}  // namespace bursary::forms
