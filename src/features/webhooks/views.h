// What the templates of this folder show.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::webhooks {

struct KindView {
  std::string name;
  Phrase meaning;
  bool chosen = false;
};
struct WebhookRow {
  std::string href, url, kinds;  // how many kinds
  Phrase state;
  bool trouble = false;
  std::string arrived;  // when something last did; empty: never
};
struct WebhooksView {
  std::string form_token;
  Phrase done;
  std::vector<WebhookRow> rows;
  std::vector<KindView> kinds;
  std::string typed, url_problem, kinds_problem;
};

struct DeliveryView {
  std::string id, kind, made, tried, attempts;
  Phrase state;
  std::string status, detail, next;
  bool over = false, arrived = false;
};
struct WebhookView {
  std::string form_token, own_page, url, made, waits_until, arrived, earlier_until;
  Phrase done, problem, state;
  bool paused = false, trouble = false;
  std::vector<KindView> kinds;
  std::string secret;  // only where it was asked for
  std::vector<DeliveryView> deliveries;
};

}  // namespace bursary::webhooks
