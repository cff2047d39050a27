// The chapters of the API: tags of the OpenAPI document, headings of the reference. Private.
#pragma once

namespace bursary::api {

struct Chapter {
  const char* name;
  const char* about;
};
inline constexpr Chapter kChapters[] = {
    {"program", "What is public about the program: its form, areas, countries."},
    {"applications", "The queue: found by its query language, counted, read, exported."},
    {"screening", "From step to step before a decision: moves, checks, flags, notes, assignment."},
    {"bulk", "One act on many applications, and taking it back."},
    {"decisions", "Pending and released decisions, releases, appeals, clocks."},
    {"messages", "Mail to applicants and what they wrote."},
    {"views", "Kept lists."},
    {"insights", "Figures added up from the events."},
    {"people", "Who works with the program, and as what."},
    {"tokens", "Service tokens: yours, and everybody's for administrators."},
    {"audit", "Who did what, when; sealed in a chain."},
    {"webhooks", "Events that are sent to you as they happen."},
    {"operations", "How the installation does."},
};

}  // namespace bursary::api
