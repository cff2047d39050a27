// A text as squares that a phone's camera reads (ISO/IEC 18004). libqrencode underneath. Private.
#pragma once
#include <string>

#include "features/accounts/account_view.h"

namespace bursary::accounts {

// Throws std::invalid_argument for a text that is too long.
CodePictureView code_picture(const std::string& text);

}  // namespace bursary::accounts
