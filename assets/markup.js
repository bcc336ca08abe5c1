// The browser half of components/markup.py: a div that holds HTML which the server has already escaped.
window.safeguarding = window.safeguarding || {};
window.safeguarding.Markup = function Markup(props) {
  return window.React.createElement("div", {
    id: props.id,
    className: props.className,
    dangerouslySetInnerHTML: { __html: props.html },
  });
};
