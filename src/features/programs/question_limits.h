// How long, how many, how early, how large: the part of a question that bounds its answer.
#pragma once
#include <initializer_list>
#include <string_view>

#include "features/forms/definition.h"
#include "features/programs/table_reader.h"

namespace bursary::programs {

// Reads every limit into question.limits; the type must be known. Texts without max_characters get their type's usual
// one, so that every answer has an end.
void read_limits(TableReader& reader, forms::Question& question);

// A key that means nothing for a type is a mistake ("limit-unfit"): its author expects something that will not happen.
void unfit_unless(TableReader& reader, forms::QuestionType type, std::string_view key,
                  std::initializer_list<forms::QuestionType> types);
void limits_contradict(TableReader& reader, std::string_view key, std::string_view least, std::string_view most);

}  // namespace bursary::programs
