// Solves a challenge beside the page: gets it as a message, answers with the proof.
import { isChallenge, search } from './proof/solve.ts';

onmessage = (event: MessageEvent<unknown>) => {
  if (!isChallenge(event.data)) return;
  const batch = 50_000;
  for (let from = 0; ; from += batch) {
    const proof = search(event.data, from, batch);
    if (proof) {
      postMessage(proof);
      return;
    }
  }
};
