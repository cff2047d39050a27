// Every kind of event that is ever written. Each has its phrase, "audit.event.<kind>", in every language.
#pragma once
#include <algorithm>
#include <string_view>

namespace bursary::audit {

inline constexpr std::string_view kEventKinds[] = {
    // Of an application, by its applicant or the program.
    "draft_started", "draft_reminded", "draft_expired", "submitted", "changes_begun", "changes_dropped", "resubmitted",
    "withdrawn", "link_mailed", "email_corrected",
    // Of who belongs to an application; detail: {"relation": name, "person": id}.
    "application_invited", "application_invitation_ended", "application_joined", "application_invitation_declined",
    "application_left", "application_person_removed", "submitting_allowed", "submitting_ended", "handed_over",
    "link_renewed", "changes_reminded",
    // From state to state; detail: {"from": "submitted", "to": "screening"}.
    "moved", "moved_back",
    // To a coordinator; detail: {"person": id}.
    "assigned", "unassigned",
    // Of an account; detail: {"by": how}.
    "signed_in", "sign_in_refused", "confirmed", "session_ended", "passkey_added", "passkey_removed", "password_set",
    "password_removed", "code_app_added", "code_app_removed", "recovery_codes_made", "email_added", "email_removed",
    "people_merged", "identity_added", "identity_removed",
    // Of who may what; detail: {"role": name, "person": id}.
    "invited", "invitation_taken_back", "invitation_accepted", "role_granted", "role_taken",
    // Of service tokens; detail: {"token": id, "scopes": names} or {"token": id, "operation": its id in the API}.
    "token_made", "token_revoked", "token_used",
    // Of what was read and given out; detail: {"format": name} and whatever says how much, but no word that was typed.
    "exported", "file_read", "data_exported",
    // Of what was erased; detail: {"why": "asked", "staff", "retention" or "restored"}.
    "erased", "person_erased",
    // Of screening; detail: {"flag": name}, {"check": name, "outcome": name}.
    "noted", "note_edited", "flag_added", "flag_removed", "verified",
    // Of decisions; detail: {"decision": kind, "criterion": key}. Staff's alone: no applicant is shown any of them.
    "decision_made", "decision_changed", "decision_undone", "decision_leaving", "decision_kept_back",
    "decision_released", "decision_overtaken", "release_made", "release_undone", "appealed", "appeal_decided",
    // Of messages; detail: {"message": id}.
    "message_sent_again", "message_cancelled", "letter_written", "letter_received", "mail_bounced", "digest_chosen",
    "digest_ended",
    // Of webhooks; detail: {"webhook": id}.
    "webhook_added", "webhook_paused", "webhook_resumed", "webhook_removed", "webhook_secret_renewed", "webhook_tried",
    "webhook_sent_again",
    // Of the program's files; detail: {"version": hash}.
    "program_reloaded"};

constexpr bool is_event_kind(std::string_view kind) {
  return std::ranges::find(kEventKinds, kind) != std::ranges::end(kEventKinds);
}

}  // namespace bursary::audit
