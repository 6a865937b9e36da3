/** Runs at once, and then at most once in a while, never forgetting the last time it was asked. */
export function leading(ms: number, run: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const rest = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!asked) return;
      asked = false;
      run();
      rest();
    }, ms);
  };
  return {
    ask() {
      if (timer !== undefined) {
        asked = true;
        return;
      }
      run();
      rest();
    },
    end: () => clearTimeout(timer),
  };
}
