// The handlers that routes.cpp lists. Private.
#pragma once
#include "features/applications/pages.h"

namespace bursary::applications {

// The anonymous form's post, and its first autosave.
web::Response post_apply(const Visit& visit);
web::Response post_first_autosave(const Visit& visit);

// A draft by its private link.
web::Response get_draft(const Visit& visit);
web::Response get_saved(const Visit& visit);
web::Response get_check(const Visit& visit);
web::Response post_draft(const Visit& visit);

// A submitted application by its private link.
web::Response get_confirmation(const Visit& visit);
web::Response post_confirmation(const Visit& visit);
web::Response get_receipt(const Visit& visit);
web::Response get_answers_pdf(const Visit& visit);

// A file of either.
web::Response get_file(const Visit& visit);        // of what came in
web::Response get_draft_file(const Visit& visit);  // of what is being written

// Receipts for everybody.
web::Response get_receipt_page(const Visit& visit);
web::Response post_receipt_page(const Visit& visit);
web::Response post_receipt_json(const Visit& visit);
web::Response get_receipt_keys(const Visit& visit);

}  // namespace bursary::applications
