// How far a section is, counted as the server does (features/site/section_progress.cpp): of the questions that must be answered and
// are shown, how many are; where none must be, of those that are shown.

export interface Progress {
  answered: number;
  total: number;
  state: 'empty' | 'started' | 'complete';
}

export interface Asked {
  required: boolean;
  answered: boolean;
}

export function progressOf(questions: Asked[]): Progress {
  const required = questions.filter((question) => question.required);
  const counted = required.length ? required : questions;
  const answered = counted.filter((question) => question.answered).length;
  const any = questions.some((question) => question.answered);
  const complete = required.length ? answered === required.length : any;
  return { answered, total: counted.length, state: complete ? 'complete' : any ? 'started' : 'empty' };
}
