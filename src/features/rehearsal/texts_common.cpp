#include "features/rehearsal/texts.h"

namespace bursary::rehearsal {

std::string_view common_rules() {
  return R"(
domain* = public health leaflets | court summaries | school homework help | clinical notes | crop advice | tenancy law | tax guidance
  | emergency calls | museum labels | job advertisements | scientific abstracts | customer complaints | flood warnings
  | pharmacy counters | asylum interviews | consumer credit letters | traffic reports | sports commentary | maternity care
  | local council minutes | insurance claims | engineering manuals | news headlines | folk tales | patent claims | recipe books
  | peer feedback on essays | software documentation | parliamentary questions | mental health forums | library catalogues
  | travel advisories | union contracts | field notes in ecology | energy bills | water quality bulletins | adult literacy courses
  | veterinary records | archaeological reports | weather almanacs
language* = Swahili | Yoruba | Hausa | Amharic | Quechua | Guarani | Tagalog | Bengali | Tamil | Urdu | Khmer | Basque | Welsh | Catalan
  | Ukrainian | Kazakh | Georgian | Zulu | Shona | Nahuatl | Javanese | Nepali | Sinhala | Maltese | Icelandic | Māori | Kinyarwanda
  | Wolof | Igbo | Hindi | Vietnamese | Turkish | Finnish | Greek | Portuguese | Arabic | Persian | Korean | Polish | Romanian
people* = nurses | secondary school teachers | smallholder farmers | first-year students | paralegals | social workers | journalists
  | translators | librarians | software testers | older adults | deaf signers | apprentices | community health workers | midwives
  | refugees | call-centre staff | museum guides | radio presenters | municipal clerks | speech therapists | blind readers
  | trade unionists | small shop owners | parents of young children | emergency dispatchers | night-shift workers | veterinarians
text_kind* = short answers | step-by-step explanations | summaries | counterarguments | translations | dialogue turns | refusals
  | classifications with reasons | rewritten paragraphs | unit tests | worked examples | definitions | stories | ranked lists
  | follow-up questions | letters | captions | outlines | glosses | proofs
number_of = {3-9}00 | {11-48}0 | {2-9},{2-9}00 | about {2-9}0,000 | {12-96} | some {120-980} | {2-6} sets of {40-90}
quantity = {2-12} | {3-8} | {14-40} | {5-25}
period = {3-9} months | the first {2-5} months | two terms | one growing season | {6-20} weeks | a year | the spring | {2-4} rounds of {2-5} weeks
tool* = mixed-effects models | a preregistered analysis | Bayesian item response models | bootstrap intervals | thematic coding by two readers
  | permutation tests | signal detection measures | conjoint designs | matched pairs | blind double scoring | regression discontinuity
  | survival curves | latent class models | calibration plots | sequential testing | a Latin square | paired comparisons
  | hierarchical clustering | cross-validated probes | a cost-sensitive loss | focus groups | think-aloud protocols | diary studies
venue* = a workshop paper | an open data set | a technical report | two journal articles | a doctoral chapter | a public benchmark
  | a guide for practitioners | a teaching unit | a replication package | a policy brief | a registered report | a talk at a regional meeting
partner* = a rural clinic network | two public libraries | a teachers' association | a legal aid office | a farmers' cooperative
  | the regional archive | a hospital ethics board | a newspaper's data desk | a disability rights group | an open-source project
  | a consumer protection agency | the city's translation service | a school district | a seismological service | a women's health NGO
  | a language academy | a museum of science | a co-operative bank
opening = This project asks a simple question. | Our starting point is practical. | The problem came to us from {people}.
  | Much is claimed about this and little has been measured. | We began with a puzzle in {domain}.
  | In work with {partner} we met the same difficulty again and again. | The literature disagrees here, and the disagreement matters.
  | For {period} we have collected cases in which today's systems fail {people}. | Existing tests say little about {domain}.
  | Nearly all published results concern English; ours will not. | I became interested in this while teaching {people}.
  | The question is old, but the means to answer it are new. | A small pilot with {number_of} prompts gave a result we did not expect.
  | Our group has studied {topic} with older models since {2015-2021}.
context = So far the evidence comes from {domain}, where {people} rarely take part. | Earlier work looked at {domain} in English; we add {language} and {language}.
  | We know of no study that involves {people}. | What is known rests on fewer than {quantity} published data sets.
  | The setting is {domain}, chosen because mistakes there are costly and easy to check. | In {language} almost nothing is known.
  | The effect has been seen with {text_kind} but not with {text_kind}. | Reviews of the field call for exactly this comparison.
  | Practice has run ahead of evidence: {people} use such systems daily. | {^partner} has agreed to share material under a data agreement.
  | Results for {domain} and for {domain} point in opposite directions.
hypothesis_lead = we expect that | our main hypothesis is that | we predict, and have preregistered, that | the working hypothesis is that
  | if current accounts are right, then | theory suggests that | our pilot suggests that | we would be surprised unless
hypothesis_sentence = {^hypothesis_lead} {hypothesis}.
hypothesis_follow = A null result would be just as useful, since {domain} is where the opposite is assumed. | We state in advance what would change our minds.
  | The rival account predicts no difference between {language} and {language}. | Both outcomes have consequences for {people}.
  | We will publish the result whichever way it goes. | A difference smaller than {2-9} points would count as none.
  | Should this fail for {text_kind}, we look next at {text_kind}. | The competing explanation, plain memorisation, is tested with fresh items.
design_lead = The design is plain. | We proceed in {2-4} steps. | The study has {2-4} parts. | The plan was reviewed by {partner}. | Work is divided as follows.
  | The method has been tried on a small scale. | First we build the material, then we measure. | The core of the study is an experiment.
  | We combine an experiment with close reading. | The protocol is written and can be shared.
sample = The material is {number_of} items from {domain}, in {language} and English. | We draw {number_of} prompts from {domain} and write as many controls.
  | {^people} write {number_of} items for us, paid by the hour. | Items come from {domain}; {2-4} of each ten are held back until the end.
  | Each of {number_of} texts appears in {quantity} versions. | {^number_of} conversations with {people} are transcribed and anonymised.
  | We reuse {number_of} items of a public collection and add {number_of} of our own. | A stratified sample of {domain} gives {number_of} cases.
  | Participants are {number_of} {people}, recruited through {partner}. | For {language} we commission {number_of} items, since none exist.
analysis = Results are analysed with {tool} and checked with {tool}. | We use {tool}; code is written before the data come in.
  | Two readers score {text_kind} blind, and disagreements go to a third. | The analysis plan ({tool}) is preregistered. | {^people} judge {text_kind} in pairs.
  | For the free text we rely on {tool}. | We report {measure}, with intervals, for each of {quantity} conditions. | The main outcome is {measure}, with {tool} as a guard against chance findings.
  | Everything is compared with {quantity} baselines, one of them human. | Agreement among {people} sets the ceiling.
api = The API lets us run the same prompts at fixed settings, which no public demonstration allows. | We need the API for repeated sampling: {quantity} completions for each prompt at several temperatures.
  | Log probabilities from the API are what the method rests on. | Access lets {people} work with the model through our own form, so that every turn is recorded.
  | Most of the cost is in {text_kind}: {number_of} calls a week over {period}. | Without subsidised access we could test {quantity} items a day; we need {number_of}.
  | Embeddings come first, then {text_kind} for the cases that remain unclear. | We compare model versions over {period}, so stable access matters more than volume.
  | Small local models serve for development; the API is used for the final runs. | We would use batch calls at night and stay below {quantity} requests a minute.
  | Fine-tuning is not needed; careful prompting and {text_kind} are enough. | The API supports the work in three places: making items, answering them, and scoring {text_kind}.
outcome = We will publish {venue} and {venue}. | The result is {venue}, free for anyone to use. | {^partner} will use the findings in its own guidance.
  | All prompts and outputs are released as {venue}, after a review for personal data. | We hope to give {people} something they can use: {venue}.
  | The first output is {venue}; {venue} follows. | Students take part and will write {venue}. | Materials in {language} are shared with {partner}.
ethics = No personal data leave our servers. | Participants may withdraw at any time, and their texts are deleted. | The plan is before our ethics board, reference {2-9}{100-999}/{24-26}.
  | We pay {people} for their time. | Harmful outputs are stored apart and shown to nobody outside the team. | We tell the provider first about anything that could be abused.
  | Items about {domain} contain no names. | A member of {partner} sits on our advisory group. | {^people} who take part see the results before anyone else.
stage_note = I am in the {2-4}th year of my doctorate. | The team is one lecturer and {quantity} students. | Nobody in our department has had access before.
  | We share one workstation among {quantity} people. | I teach {12-22} hours a week and do research besides. | This would be my first funded project.
  | Our faculty has no budget for computing. | The work is part of a joint programme with {partner}.
comment = We are glad to share our prompts with other applicants. | A short call would be welcome if anything is unclear. | {stage_note}
  | Would access be possible before the term begins? | {stage_note} {stage_note} | We could start with half the amount and report after {period}.
  | Internet here is unreliable, so long sessions are hard. | {^partner} can confirm the cooperation. | Please tell us if the size of the request is a problem.
  | The request replaces one we withdrew last year. | We have no conflict of interest to declare.
resources = none | No other funding. | A travel grant only. | A departmental machine with one graphics card. | A seed grant of our faculty, used up by fieldwork.
  | A doctoral stipend, no research money. | Free tiers of two providers, which are exhausted by the third week. | We share a small cluster with {partner}.
  | A national grant pays {people} and travel, not computing. | I pay for everything myself. | Our university gives {quantity}00 core hours a month.
model_reason = The base model is needed because tuned models hide what we study: {topic}. The risk is that {text_kind} are taken out of context; we release none of them.
  | We compare behaviour before and after tuning, which only this model allows. Outputs are read by {quantity} people and kept on an encrypted disk.
  | Our earlier results on {domain} were obtained with it and must be repeated before we change models. We see little risk beyond the usual.
  | For {topic} the untuned distribution itself is the object of study. Harmful text may appear; {people} are not shown any of it.
  | The work on {text_kind} began with this model, and a replication needs the same one. No code is run outside a sandbox.
paper = {^topic}: evidence from {domain} | {^topic} in {language} | What {people} expect of {text_kind} | A data set of {text_kind} from {domain}
  | Measuring {topic} without English | {^text_kind} and their readers: a study with {people} | On {topic} | {^domain}, {domain} and the limits of prompting
year = {2014-2026}
)";
}

}  // namespace bursary::rehearsal
