// Reads the columns that the statements of message.sql list.
#pragma once
#include "db/row.h"
#include "features/messages/messages.h"

namespace bursary::messages {

Message message_of(const db::Row& row);

}  // namespace bursary::messages
