// One event stream a window. After every (re)connection the server says hello with its stamp.

/** `hello({boot, stamp})` after each connection, `change({conversation})` for each change, `lost(bool)` in between. */
export function listen({ hello, change, lost }) {
  let source = null;
  let again = 0;

  function open() {
    clearTimeout(again);
    if (source || document.hidden) return;
    source = new EventSource("events");
    source.addEventListener("hello", (event) => {
      lost(false);
      hello(JSON.parse(event.data));
    });
    source.addEventListener("change", (event) => change(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      lost(true);
      // A browser retries a broken connection itself, but gives up after an answer like 503.
      if (source?.readyState === EventSource.CLOSED) {
        close();
        again = setTimeout(open, 2000);
      }
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  // A browser holds six connections to one address: windows nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  // A stream left open would stop the browser from keeping the page for the way back.
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
