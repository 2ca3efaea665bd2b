// Every application that listens logs its engine, and jest would print that line with its place, thousands of times.
const { info } = console;
console.info = (...values) => {
  if (!String(values[0]).startsWith('The engine is ')) info.apply(console, values);
};
