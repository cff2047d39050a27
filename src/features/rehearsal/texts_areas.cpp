#include "features/rehearsal/texts.h"

namespace bursary::rehearsal {
namespace {

constexpr std::string_view kAlignmentTexts = R"(
topic* = deference to stated preferences | reward misspecification | sycophancy | instruction hierarchies | corrigible behaviour | goal stability
  | honest uncertainty | value pluralism | oversight by non-experts | obedience under conflicting instructions | debate as oversight
  | approval seeking | preference drift over long conversations | side effects of helpfulness training
question = When {people} and a written policy want different things, whose wish does the model follow? | Does a model that is told it is being watched give other {text_kind}?
  | How far does agreement with the user survive when the user is wrong about {domain}? | Can {people} without technical training notice that a model works towards the wrong goal?
  | Which of two conflicting instructions wins, the earlier one or the more specific one? | Do preferences collected from {people} transfer to {domain}?
  | Is a refusal about {domain} a judgement or a reflex to certain words? | What does a model do when following the rule defeats the rule's purpose?
  | How much of helpfulness is flattery when the topic is {domain}? | Can a weaker model supervise {text_kind} of a stronger one?
  | If an objective is stated only by examples from {domain}, which objective is learnt? | Does explaining a preference help more than giving {quantity} examples of it?
hypothesis = models yield to a confident user in {domain} more often than in {domain} | stated principles change wording but not choices
  | {people} detect misdirected goals at rates near chance unless shown {text_kind} | agreement grows with each turn and is not undone by a correction
  | preferences of {people} and of paid raters differ most on {text_kind} | a short critique step removes about half of the errors
  | explicit priorities help only when conflicts are rare | deference depends on the claimed profession more than on the argument
  | {language} speakers are flattered more than English speakers
method = We vary who speaks, what is claimed and what is true, and record {text_kind}. | We write dilemmas from {domain} in which instruction and intent part ways.
  | {^people} rank {text_kind} twice, once before and once after seeing the reasons. | A second model criticises {text_kind}, and we trace what the critique changes.
  | We build conversations of {quantity} turns with a planted false claim. | We collect preferences from {people} by pairwise choice and fit {tool}.
  | Each scenario is run with the instruction at the start, in the middle and at the end. | Overseers with and without help look for planted faults in {text_kind}.
measure = rates of justified disagreement | the share of choices that follow intent | regret against the stated policy | detection rates of overseers
  | the drop in accuracy under pressure | consistency across paraphrases | agreement with the preferences of {people}
stake = Whoever advises {people} must be able to disagree with them. | A system that pleases its user is not yet safe for {domain}.
  | If oversight works only for experts, most deployments have none. | Rules that hold in tests and fail in {domain} are worse than none.
  | Preferences of {people} are hardly represented in today's training data.
)";

constexpr std::string_view kFairnessTexts = R"(
topic* = dialect bias | gendered occupations | representation of disability | name-based disparities | harms of stereotyping | caste and religion in generated text
  | unequal refusal rates | quality gaps between languages | erasure of minority speakers | fairness criteria for summaries | age bias | toxicity filters and reclaimed words
question = Do {people} receive the same quality of {text_kind} when only their name changes? | How should fairness be defined when {people} and {people} disagree about it?
  | Which groups disappear when {domain} are summarised? | Are speakers of {language} refused more often than speakers of English?
  | Does a persona of one of the {people} change the advice that follows? | Which stereotypes about {people} survive debiasing in {language}?
  | Can {people} themselves write better tests than outside experts? | What does a filter built for English do to {domain} in {language}?
  | When a system improves on average, who is left behind? | How large is the penalty for writing to the model in dialect?
  | Do corrections made for gender move the harm to {people} instead?
hypothesis = the gap between {language} and English is wider for {text_kind} than for {text_kind} | names matter less once the profession is stated
  | criteria chosen by {people} rank systems differently from published criteria | prompts that ask for fairness shift tone but not content
  | dialect writing lowers ratings of competence in {domain} | refusals fall unevenly, with {people} affected most
  | summaries drop minority positions at twice the rate of others | tests written by {people} find faults that {quantity} public sets miss
  | mending one disparity opens another in {domain}
method = We write pairs of prompts that differ in one attribute and compare {text_kind}. | {^people} in {quantity} workshops write criteria, which we then apply.
  | We translate {domain} into {language} and back and score what was lost. | An audit of {domain} with {number_of} invented profiles records each recommendation.
  | We count who is mentioned, who speaks and who acts in {text_kind}. | Speakers of {language} rate {text_kind} for respect and for usefulness.
  | The same request is made in standard and in dialect spelling. | We test {quantity} mitigations, from instructions to reranking.
measure = differences in recommendation | the share of omitted positions | ratings of respect | refusal rates by group | counterfactual gaps
  | word-level association scores | quality at the worst-off decile | agreement between communities
stake = {^people} bear the consequences and were never asked. | A fair average can hide an unfair system. | In {domain} a small bias is repeated thousands of times a day.
  | Without tests in {language}, nobody notices. | The law in our country will soon require such audits for {domain}.
)";

constexpr std::string_view kInterdisciplinary = R"(
topic* = speech acts and machine promises | testimony and trust | metaphor in model talk | conversational repair | collective memory | moral vocabulary
  | the philosophy of explanation | anthropomorphism | common ground | narrative identity | expertise and its imitation | code-switching | legal interpretation by machines
question = What would the philosophy of testimony say about believing {text_kind}? | Do people repair misunderstandings with a model as they do with {people}?
  | Can theories of politeness predict which requests about {domain} are granted? | Is a model's promise a promise? | Which theory of metaphor explains {text_kind} best?
  | How do historians know that a source is unreliable, and does the method carry over to {domain}? | What happens to code-switching between English and {language} when one partner is a machine?
  | Do {people} hold a model responsible in the way they hold {people} responsible? | Can rules of statutory interpretation be followed, or only imitated?
  | What can developmental psychology teach us about errors in {text_kind}? | How do readers of {domain} decide that an author is nobody?
hypothesis = repair sequences are shorter and less successful than between {people} | trust follows fluency more than track record
  | politeness works in {language} but not in English | readers attribute intention to {text_kind} that they know to be generated
  | expert vocabulary raises belief even among {people} | moral words in {domain} are used with one sense only
  | {people} switch languages less with a machine | blame goes to the user where the model speaks in the first person
method = We adapt a classical experiment of {1960-1995} on {domain}. | We transcribe {number_of} conversations and code them by hand. | We stage {quantity} mock hearings with {people}.
  | Close reading of {text_kind} is combined with {tool}. | {^people} keep diaries for {period}. | A corpus of {domain} in {language} serves as comparison.
  | Philosophers and engineers annotate the same {text_kind} and then argue. | We interview {quantity} {people} after each session.
measure = the length of repair sequences | attributions of intent | degrees of belief | judgements of responsibility | the range of senses used | turn-taking times | changes of opinion after {period}
stake = Engineers borrow words such as belief and promise; somebody should check them. | The humanities have tools for this that nobody has tried on {domain}.
  | {^people} already live with these systems and have no words for it. | What counts as an explanation differs between fields, and designs depend on it.
)";

constexpr std::string_view kInterpretability = R"(
topic* = latent knowledge | induction-like behaviour | concept directions | attribution of answers to sources | circuits for agreement | self-reports of models
  | emergent abilities | memorised passages | uncertainty in token probabilities | explanations that are faithful | traces of training data
question = Does a model know that {text_kind} about {domain} are false when it writes them? | Which concepts of {domain} can be read off token probabilities alone?
  | Are explanations of {text_kind} the reasons, or stories told afterwards? | Can surprising behaviour in {domain} be predicted from smaller models?
  | What does behaviour reveal about the order in which {language} and English were learnt? | How early in an answer is its end decided?
  | Where does grammatical agreement in {language} break down, and why there? | Do self-reports about uncertainty match the probabilities beneath?
  | Which passages of {domain} were memorised, and how can one tell? | Can the steps of {text_kind} be swapped without changing the result?
hypothesis = probabilities separate true from false statements in {domain} better than the text does | faithful explanations are shorter
  | abilities that seem to appear at once grow smoothly under {measure} | agreement errors in {language} follow distance, not structure
  | self-reports track difficulty but not error | the first {quantity} tokens fix most of the outcome | memorised passages betray themselves by flat probabilities
  | concepts of {domain} are shared across languages
method = We edit one premise in {text_kind} and see whether the conclusion follows. | We compare log probabilities of minimal pairs in {language}.
  | We interrupt answers after each token and let them be finished {quantity} times. | We ask for reasons, remove the reason from the prompt, and ask again.
  | A ladder of {quantity} model sizes is fitted with {tool}. | Paraphrases of {domain} separate memory from knowledge. | We perturb prompts systematically and fit {tool} to what changes.
  | Questions with known answers calibrate the probe, which we then use on {domain}.
measure = faithfulness under intervention | calibration error | probe accuracy on held-out items | surprisal at the critical word | the share of decisions fixed early
  | consistency of reasons | extrapolation error
stake = An explanation that is not the reason is worse than none in {domain}. | Whoever relies on {text_kind} must know what the model knows. | Prediction before deployment is cheaper than repair after.
  | Without such tools {people} can only trust or refuse.
)";

constexpr std::string_view kMisuse = R"(
topic* = targeted phishing | coordinated inauthentic reviews | prompt injection | automated harassment | forged official letters | election misinformation
  | fraudulent aid requests | plagiarism at scale | jailbreak transfer | misuse of code assistance | impersonation of {people} | red-teaming by non-experts
question = How much cheaper do generated messages make fraud against {people}? | Which red-teaming methods find faults in {domain} that others miss?
  | Do attacks written in English carry over to {language}? | Can {people} recognise forged {text_kind} after an hour of training?
  | What would an attacker gain from {text_kind} that a search engine does not give? | How quickly do mended prompts fail again?
  | Are community red teams from {partner} better at finding local harms? | Which signals separate abuse from unusual but honest use in {domain}?
  | Can injected instructions in {domain} be told from quoted ones? | What is the cost of a false alarm for {people}?
hypothesis = local red teams find other faults than professional ones | training of {people} helps for {period} and then fades
  | most gain to attackers lies in translation into {language} | defences tested on English stop fewer than half of attacks in {language}
  | forged {text_kind} are recognised by their context, not by their style | a budget of {quantity} attempts finds most of what can be found
  | injected instructions succeed more often when they look like {domain} | warnings reduce clicks but not trust
method = Volunteers among {people} receive marked test messages with their consent. | {^quantity} teams look for faults for {period} under the same rules, and we count distinct findings.
  | We translate known attacks into {language} and keep the rest equal. | A closed test bed holds invented {domain} with planted instructions.
  | We interview {people} who were targets and rebuild the attack without sending it. | Each finding is reported to the provider before it is described.
  | We price each step of an attack with and without the model. | Detectors are tested on {text_kind} by {people} and by machines.
measure = distinct faults per hour | success rates of attacks | recognition rates of {people} | cost for each victim | false alarms per {quantity}00 messages | time until a mend fails | severity as judged by {partner}
stake = {^people} are attacked first and helped last. | Providers see English abuse; ours is in {language}. | A measured risk can be mended, a rumoured one only feared.
  | Forged {text_kind} undermine trust in {domain}.
)";

constexpr std::string_view kExploration = R"(
topic* = commonsense about {domain} | spatial language | counting and its limits | humour | planning without feedback | analogies across domains
  | verse in strict metres | simulated survey answers | chemistry names | negation | estimates of quantity | tables read aloud | temporal reasoning
question = Where does ability in {domain} end, and does it end sharply? | Can a model plan {quantity} steps ahead in {domain} without being told the result of each?
  | Is humour in {language} understood or only recognised? | How well are answers of {people} to a survey predicted, and for whom not at all?
  | What does the model make of units, sizes and amounts in {domain}? | Can it learn an invented language from {quantity} sentences?
  | Which analogies between {domain} and {domain} are drawn, and which are missed? | Does reading a table in {language} fail for lack of language or of arithmetic?
  | Could {text_kind} replace a costly step of work in {domain}? | Where does negation go wrong?
hypothesis = ability falls off with the number of steps, not with their difficulty | performance in {language} is limited by script more than by grammar
  | survey predictions are good for {people} and poor for {people} | {quantity} examples suffice where rules are regular | estimates are right in rank and wrong in size
  | humour is recognised by form and missed in content | tables fail beyond {quantity} rows | negation is handled in statements and lost in instructions
method = We write {quantity} families of tasks with a dial for difficulty. | An invented language with known grammar leaves no room for memory. | {^people} solve the same tasks under the same time limit.
  | We compare predicted with real answers of {number_of} {people}. | Each task exists in {language}, in English and without words. | We raise the number of steps until performance falls.
  | We look at where {text_kind} fail, by hand, and then test each guess. | A tournament of prompts finds the best case before we judge ability.
measure = the point of half performance | rank correlation with {people} | error by number of steps | the share of valid plans | agreement with survey margins | solved items per family
stake = Claims about ability in {domain} should rest on more than examples. | Knowing where ability ends tells {people} when not to use it. | In {language} nobody has looked yet.
  | A useful tool for {domain} may be waiting, or an expensive mistake.
)";

constexpr std::string_view kRobustness = R"(
topic* = typing errors | order effects in few-shot prompts | paraphrase stability | distribution shift in {domain} | worst-case prompts | robust refusals
  | noisy transcripts | units and formats | long contexts with distractors | version drift | adversarial suffixes | spelling variation
question = How much do {text_kind} change when a prompt is typed by {people} on a telephone? | Can one predict in which part of {domain} a model will fail?
  | Does the order of {quantity} examples matter more than their content? | What is the worst paraphrase of a harmless request about {domain}?
  | Do safety properties that hold in English hold in {language}? | How should few-shot robustness be reported, as a mean or as a minimum?
  | Do answers about {domain} survive a new version of the model? | How many distractors does it take before the relevant line is lost?
  | Are errors in {domain} related to how common the subject is in public text? | Does noise from speech recognition hurt {people} unevenly?
hypothesis = order explains more variance than choice of examples | typing errors of real {people} hurt more than random ones | failures cluster in rare subjects of {domain}
  | the minimum over {quantity} paraphrases predicts complaints, the mean does not | refusals are brittle exactly where {text_kind} are long
  | robustness in {language} is bounded by tokenisation | a majority of {quantity} answers removes most of the spread | version changes move errors rather than remove them
method = We collect real typing errors from {people} and apply them to {domain}. | Every prompt is run in {quantity} paraphrases and {quantity} orders. | A search for the worst paraphrase runs for a fixed budget.
  | We estimate how common each subject is and fit {tool}. | Distractors from {domain} are added line by line. | The same set is run each month for {period}.
  | Recordings of {people} pass through speech recognition before they become prompts. | We report the whole distribution, not its mean.
measure = worst-case accuracy | spread across paraphrases | the slope against frequency | flip rates between versions | accuracy at {quantity}0 distractors | refusal consistency | variance due to order
stake = {^people} do not type like benchmark authors. | A system is as good as its worst answer in {domain}. | Reports of mean accuracy hide what matters to {people}.
  | Nobody can rely on a tool that changes its mind with a comma.
)";

constexpr std::string_view kOther = R"(
topic* = energy use of prompting | teaching with generated {text_kind} | documentation of archives | accessibility of {domain} | citizen science | scientific reproducibility
  | low-bandwidth use | intergenerational learning | revitalising a language | labour conditions of {people} | disaster preparedness | open government
question = Can {people} use such a system over a slow connection and still gain from it? | Does help with {text_kind} improve learning after {period}?
  | How can {domain} be described for {people} who cannot see them? | What does each {text_kind} cost in energy, and who knows? | Can {language} be taught with material that a model helps to write?
  | Which parts of {domain} can citizens check by themselves? | Do {people} gain time, or only more work? | Could warnings about {domain} reach {people} sooner?
  | Is a study of {domain} reproducible when its instrument changes every few months?
hypothesis = gains for {people} come from feedback, not from answers | descriptions written with help are preferred by blind readers | learning improves only where {text_kind} are delayed
  | time saved on {domain} is spent on checking | {language} learners profit from dialogue more than from drills | energy varies tenfold between prompts with the same result
  | shorter {text_kind} serve a slow connection better than caching does
method = A classroom trial with {people} runs for {period}. | We work with {partner} and change one step of its work at a time. | {^people} test {text_kind} at home and keep notes.
  | We measure time, errors and satisfaction before and after. | Learners of {language} are assigned to {quantity} groups by lot. | We write a small open tool and let {people} break it.
measure = test results after {period} | minutes saved | errors that remain | preferences of {people} | energy per answer | the number of returning users | corrections by citizens
stake = This fits none of the areas and may matter to {people} most. | {^partner} has asked for it. | Benefits for {domain} are promised everywhere and measured nowhere.
  | {^language} is losing speakers, and time is short.
)";

struct Area {
  std::string_view key, rules;
};
constexpr Area kAreas[] = {{"alignment", kAlignmentTexts},
                           {"fairness", kFairnessTexts},
                           {"interdisciplinary", kInterdisciplinary},
                           {"interpretability", kInterpretability},
                           {"misuse", kMisuse},
                           {"exploration", kExploration},
                           {"robustness", kRobustness},
                           {"other", kOther}};

}  // namespace

std::string_view area_rules(std::string_view area) {
  for (const Area& known : kAreas) {
    if (known.key == area) return known.rules;
  }
  return kOther;
}

}  // namespace bursary::rehearsal
