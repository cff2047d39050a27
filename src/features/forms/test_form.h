// A small form with one question of each type, for the tests of this folder alone.
#pragma once
#include "features/forms/definition.h"

namespace bursary::forms {

Definition test_form();

}  // namespace bursary::forms
