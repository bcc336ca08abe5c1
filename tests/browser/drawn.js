() => {
  // what a reader sees of #drawn and #live: letters, points and bars, each with its place on the screen
  const round = (n) => Math.round(n * 100) / 100;
  const sides = (b) => [b.left, b.top, b.right, b.bottom].map(round);
  const box = (e) => sides(e.getBoundingClientRect());
  const at = (e, x, y) => {
    const place = new DOMPoint(x, y).matrixTransform(e.getScreenCTM());
    return [round(place.x), round(place.y)];
  };
  const middle = (e) => { const [left, top, right, bottom] = box(e); return [(left + right) / 2, (top + bottom) / 2]; };
  const ordered = (list) => list.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const all = (root, which) => [...document.querySelector(root).querySelectorAll(which)];

  // the box of the letters without the blanks before them
  const letters = (e) => {
    const range = document.createRange();
    const first = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode();
    range.selectNodeContents(e);
    range.setStart(first, first.data.length - first.data.trimStart().length);
    return sides(range.getBoundingClientRect());
  };
  const texts = (root) => all(root, 'text').flatMap((t) => {
    const lines = [...t.querySelectorAll('tspan.line')];
    return (lines.length ? lines : [t]).filter((e) => e.textContent.trim()).map((e) => [e.textContent.trim(), ...letters(e)]);
  }).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[2] - b[2]));

  const shapes = all('#drawn', '[data-mark=absence] rect, [data-series] > rect[transform], circle').map(middle);
  const others = all('#drawn', 'svg[x] > path:not([data-mark=lead] path)').map((e) => at(e, 0, 0));
  const points = all('#live', '.scatterlayer .point').map((e) => at(e, 0, 0));
  // Plotly has a bar without length for what is hidden, the drawn chart has none
  const bars = (root, which) => ordered(all(root, which).map(box).filter(([left, , right]) => right > left));
  // the outline without the stroke
  const outline = (e) => { const b = e.getBBox(); return [...at(e, b.x, b.y), ...at(e, b.x + b.width, b.y + b.height)]; };
  const marks = (root, which) => ordered(all(root, which).map(outline));
  return {
    marks: [
      marks('#drawn', '[data-mark=band], line[data-mark=limit], [data-mark=interval], rect[data-mark=expected], [data-mark=event] line, [data-mark=break] line, [data-mark=lead] line, [data-mark=lead] path'),
      marks('#live', '.shapelayer path'),
    ],
    texts: [texts('#drawn'), texts('#live')],
    points: [ordered([...shapes, ...others]), ordered(points)],
    bars: [bars('#drawn', 'rect[data-series], g[data-series] > rect:not([transform]), [data-mark=hidden] > rect'), bars('#live', '.bars .point path')],
  };
}
