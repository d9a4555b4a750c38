// When to act on hints: at once after a quiet time, else once when the pause is over, a little scattered.

/** Milliseconds to wait before acting, so that two acts are at least `pause` apart. `chance` is in [0, 1). */
export function delayFor({ now, last, pause, chance }) {
  const rest = last + pause - now;
  return Math.max(0, rest) + chance * (rest > 0 ? 0.3 * pause : 0.1 * pause);
}

/** Milliseconds before the next try to connect: doubled each time up to a minute, half of it by chance. */
export function backOff({ tries, chance }) {
  const most = Math.min(60_000, 500 * 2 ** tries);
  return most / 2 + (chance * most) / 2;
}

/** Runs `act` at most once in `pause` milliseconds, however often it is asked for. */
export function paced(act, pause = 3000) {
  let last = -Infinity;
  let timer = 0;
  return () => {
    if (timer) return;
    const wait = delayFor({ now: Date.now(), last, pause, chance: Math.random() });
    timer = setTimeout(() => {
      timer = 0;
      last = Date.now();
      act();
    }, wait);
  };
}
