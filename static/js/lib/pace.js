// When to act on hints: soon after a quiet time, else once when the pause is over, scattered over `spread` so that
// the pages that heard the same hint do not all ask in the same moment.

/**
 * Milliseconds to wait before acting, so that two acts are at least `pause` apart. `chance` is in [0, 1); `spread`
 * is the time in milliseconds over which those who heard it are to act.
 */
export function delayFor({ now, last, pause, chance, spread = 0.1 * pause }) {
  const rest = last + pause - now;
  return Math.max(0, rest) + chance * (rest > 0 ? Math.max(0.3 * pause, spread) : spread);
}

/** Milliseconds before the next try to connect: doubled each time up to a minute, half of it by chance. */
export function backOff({ tries, chance }) {
  const most = Math.min(60_000, 500 * 2 ** tries);
  return most / 2 + (chance * most) / 2;
}

/** Runs `act` at most once in `pause` milliseconds, however often it is asked for; asked with the spread of a hint. */
export function paced(act, pause = 3000) {
  let last = -Infinity;
  let timer = 0;
  return (spread) => {
    if (timer) return;
    const wait = delayFor({ now: Date.now(), last, pause, chance: Math.random(), spread });
    timer = setTimeout(() => {
      timer = 0;
      last = Date.now();
      act();
    }, wait);
  };
}
