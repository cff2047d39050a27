// Makes applications one after another; what is dear to set up is set up once. Immutable once made: any thread.
#pragma once
#include <string>
#include <vector>

#include "features/rehearsal/people.h"
#include "features/rehearsal/projects.h"
#include "features/rehearsal/rehearsal.h"

namespace bursary::rehearsal {

class Maker {
 public:
  // `program` outlives this.
  Maker(const Rehearsal& rehearsal, const programs::Program& program, Instant now);
  MadeApplication make(std::int64_t number) const { return make(number, true); }

 private:
  struct Story;  // what is settled before the questions are gone through

  MadeApplication make(std::int64_t number, bool may_copy) const;
  Story begin(Random& random) const;
  std::string description(std::int64_t number, const Story& story, bool may_copy, Random& random) const;
  void answer(const forms::Question& question, const Story& story, forms::Answers& answers, Random& random) const;
  bool answer_by_meaning(const forms::Question& question, const Story& story, forms::Answers& answers,
                         Random& random) const;
  std::string long_answer(const forms::Question& question, const Story& story, Random& random) const;
  Instant submitted_at(std::int64_t number, Random& random) const;

  Rehearsal rehearsal_;
  const programs::Program& program_;
  Instant now_;
  std::vector<std::string> areas_;
  bool has_spanish_;
  People people_;
  Projects projects_;
};

}  // namespace bursary::rehearsal
