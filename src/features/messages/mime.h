// The encodings of a message: RFC 2045 (bodies), RFC 2047 (headers), RFC 5322 (lines). Pure; nothing that goes in can
// end a header or a part: line ends in header values become spaces.
#pragma once
#include <string>
#include <string_view>

namespace bursary::messages {

// One header line with its CR LF: folded at 76 characters, and encoded words when `value` is not plain ASCII.
std::string header_line(std::string_view name, std::string_view value);
// "Example Lab <apply@example.org>" as a header line; the name is quoted or encoded as it needs. No name: the address
// alone.
std::string address_line(std::string_view name, std::string_view display_name, std::string_view address);
// One that fits SMTP without extensions: local@domain, printable ASCII, nothing that separates or quotes, at most 254.
bool is_plain_address(std::string_view address);

enum class TransferEncoding { quoted_printable, base64 };
std::string_view to_string(TransferEncoding encoding);
// Base64 where most of the text would have to be escaped: smaller then, and no less readable.
TransferEncoding encoding_for(std::string_view text);
// LF or CR LF line ends in, CR LF out; lines of at most 76 characters.
std::string encoded(std::string_view text, TransferEncoding encoding);

}  // namespace bursary::messages
