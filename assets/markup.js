// The browser half of components/markup.py: a div that holds HTML which the server has already escaped. One that comes without
// HTML finds it in the page that the server has sent: assets/start.js.
window.safeguarding = window.safeguarding || {};
window.safeguarding.Markup = function Markup(props) {
  const held = props.html === undefined ? {} : { dangerouslySetInnerHTML: { __html: props.html } };
  const place = window.React.useRef(null);
  window.React.useLayoutEffect(() => {
    if (props.html === undefined) window.safeguarding.bare.add(place.current);
  }, []);
  return window.React.createElement("div", { ref: place, id: props.id, className: props.className || undefined, ...held });
};
