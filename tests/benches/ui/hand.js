// The hand that moves a page and the eye that watches it: the same for the app and for the engines beside it. It uses
// what any page has, events and animation frames, and knows nothing of how the page is made.
(() => {
  const now = () => performance.now();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  // When the frame under way has been painted: a timer set in a frame rings after its painting. (Messages to oneself go
  // by way of another process here and come much later.)
  const framePainted = () => new Promise((done) => setTimeout(() => done(now()), 0));

  // Does something in every frame and answers the intervals between frames; the first ten warm up, and whatever is
  // too slow for all of them is watched for `most` milliseconds.
  async function frames(act, count = 160, most = 12000) {
    const intervals = [];
    const began = now();
    let last = await frame();
    for (let at = 0; at < count && (now() - began < most || intervals.length < 3); at += 1) {
      act(at);
      const next = await frame();
      if (at >= 10 || next - last > 500) intervals.push(next - last);
      last = next;
    }
    return intervals;
  }

  const back = (at) => (Math.floor(at / 40) % 2 === 0 ? 1 : -1);
  const pan = (move) => frames((at) => move(back(at) * 4, back(at) * -17));
  const zoom = (by) => frames((at) => by(at < 80 ? 0.965 : 1 / 0.965));

  // A mouse over an element, in CSS pixels of the window.
  function mouse(element, type, [clientX, clientY], buttons) {
    const facts = { clientX, clientY, buttons, button: type === "move" && buttons === 0 ? -1 : 0, view: window };
    const common = { ...facts, bubbles: true, cancelable: true, composed: true };
    element.dispatchEvent(new PointerEvent(`pointer${type}`, { ...common, pointerId: 1, pointerType: "mouse", isPrimary: true }));
    element.dispatchEvent(new MouseEvent(`mouse${type}`, { ...common, button: 0 }));
  }

  // Takes hold of what is at a place and carries it about, one step a frame; `end` lets go.
  async function drag(element, [x, y], end, watch = () => {}) {
    mouse(element, "move", [x, y], 0);
    mouse(element, "down", [x, y], 1);
    const intervals = await frames((at) => {
      mouse(element, "move", [x + Math.sin(at / 12) * 150, y + (1 - Math.cos(at / 9)) * 90], 1);
      watch();
    });
    end();
    mouse(element, "up", [x, y], 0);
    return intervals;
  }

  const canvas = () => document.querySelector("[data-pane=map] [role=application]");
  function wheel(facts) {
    const { x, y, width, height } = canvas().getBoundingClientRect();
    const middle = { clientX: x + width / 2, clientY: y + height / 2 };
    canvas().dispatchEvent(new WheelEvent("wheel", { ...middle, ...facts, bubbles: true, cancelable: true }));
  }
  const escape = () =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));

  const app = {
    pan: () => pan((dx, dy) => wheel({ deltaX: -dx, deltaY: -dy })),
    zoom: () => zoom((factor) => wheel({ deltaY: -Math.log(factor) / 0.008, ctrlKey: true })),
    drag: (place) => drag(canvas(), place, escape),

    // From the click on the first of the projects opened lately until the map is painted in full.
    async open() {
      const mark = performance.mark;
      const painted = new Promise((done) => {
        // The map says so in the frame in which its picture is whole.
        performance.mark = (name, ...rest) => {
          if (name === "map-painted") void framePainted().then(done);
          return mark.call(performance, name, ...rest);
        };
      });
      const began = now();
      document.querySelector("button.recent").click();
      const ended = await painted;
      performance.mark = mark;
      return ended - began;
    },

    // Waits for the next key and then for this word on the canvas.
    watch(word) {
      const context = CanvasRenderingContext2D.prototype;
      const write = context.fillText;
      window.seen = null;
      let pressed = 0;
      window.addEventListener("keydown", (event) => (pressed = Math.min(event.timeStamp, now())), { capture: true, once: true });
      context.fillText = function (text, ...rest) {
        if (String(text).includes(word)) {
          context.fillText = write;
          void framePainted().then((painted) => (window.seen = painted - pressed));
        }
        return write.call(this, text, ...rest);
      };
    },
  };

  let peer = null;
  // An engine that does not do what it is asked is not measured: the card must have moved on the screen.
  const placeOf = (card) => {
    const { x, y, width } = peer.handle(card).getBoundingClientRect();
    return JSON.stringify([x, y, width]);
  };
  const seenToMove = (card, act, times = 3) => {
    const before = placeOf(card);
    let moved = false;
    return {
      act: (...facts) => {
        act(...facts);
        if (!moved && times-- <= 0) moved = placeOf(card) !== before;
      },
      check: () => {
        if (!moved) throw new Error("the picture does not follow the hand");
      },
    };
  };
  const settled = async () => {
    await frame();
    await frame();
    return framePainted();
  };
  const beside = {
    async open(engine, size) {
      const began = now();
      peer = window.openPeer(engine, window.picture, ...size);
      await frame();
      return (await framePainted()) - began;
    },
    async pan(card) {
      if (card === null) peer.fit();
      else peer.centre(card);
      await settled();
      const eye = card === null ? { act: peer.pan, check() {} } : seenToMove(card, peer.pan);
      const intervals = await pan(eye.act);
      peer.rest();
      await settled();
      eye.check();
      return intervals;
    },
    async zoom(card) {
      peer.centre(card);
      await settled();
      const width = () => peer.handle(card).getBoundingClientRect().width;
      const before = width();
      let least = before;
      let at = 0;
      const intervals = await zoom((factor) => {
        peer.zoom(factor);
        if ((at += 1) === 40) least = width();
      });
      if (at >= 40 && least > before / 2) throw new Error("the picture does not follow the hand");
      return intervals;
    },
    async drag(card) {
      peer.centre(card);
      await settled();
      await pause(200);
      const element = peer.handle(card);
      const { x, y, width, height } = element.getBoundingClientRect();
      const eye = seenToMove(card, () => {}, 12);
      const intervals = await drag(element, [x + width / 2, y + height / 2], () => {}, eye.act);
      eye.check();
      return intervals;
    },
    // One more card beside another, linked to it and to one more, as a key would ask for it.
    async add(card, rounds, most = 12000) {
      const took = [];
      const { cards } = window.picture;
      const near = cards.find(({ id }) => id === card);
      const first = now();
      for (let round = 0; round < rounds && (took.length === 0 || now() - first < most); round += 1) {
        peer.centre(card);
        await settled();
        const id = `more${round}`;
        const began = now();
        peer.add({ id, name: id, x: near.x + 30, y: near.y + 30 * (round + 1) }, [
          { id: `${id}-in`, from: cards[0].id, to: id },
          { id: `${id}-out`, from: id, to: card },
        ]);
        await frame();
        took.push((await framePainted()) - began);
      }
      return took;
    },
  };

  window.hand = { app, beside };
})();
