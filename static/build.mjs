/* Build the style sheet and the script: `npm install && npm run build`. With --check, only say whether they are fresh. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import esbuild from "esbuild";
import postcss from "postcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");

/* govuk-frontend writes left and right: each becomes the side where a line starts or ends, for Arabic. */
const SIDES = { left: "start", right: "end" };
const logical = (name) =>
  name
    .replace(/^(left|right)$/, (_, side) => `inset-inline-${SIDES[side]}`)
    .replace(/^(margin|padding|border)-(left|right)/, (_, what, side) => `${what}-inline-${SIDES[side]}`);

/* What we never use: its focus style, its other controls, hacks for browsers that are gone. */
const UNUSED = /:focus|:not\(\.govuk-|:disabled|-ms-|\w--(xl|m|s)$|extra-letter|(pre|suf)fix|summary-card|drop-zone|file-upload-|actions-list|no-border/;
/* What ours gives once for all: fonts and sizes of text. */
const INHERITED = /^(font(-family|-size)?|line-height|-(webkit|moz)-(?!appearance).*)$/;

const trim = {
  postcssPlugin: "trim-kit",
  Rule(rule) {
    const used = rule.selectors.filter((selector) => !UNUSED.test(selector));
    if (!used.length) rule.remove();
    else if (used.length < rule.selectors.length) rule.selectors = used;
  },
  AtRule(rule) {
    if (rule.name === "media" && /print|-ms-/.test(rule.params)) rule.remove();
  },
  Declaration(declaration) {
    if (INHERITED.test(declaration.prop) || declaration.value.includes("--govuk-text-colour")) {
      declaration.remove();
      return;
    }
    const prop = logical(declaration.prop);
    if (prop !== declaration.prop) declaration.prop = prop;
    const side = declaration.prop === "text-align" && SIDES[declaration.value];
    const value = side || declaration.value.replace(/var\((--govuk-[a-z-]+-colour), [^)]+\)/g, "var($1)");
    if (value !== declaration.value) declaration.value = value;
  },
};

const COMPILED = { loadPaths: [modules], quietDeps: true };
const compile = (name) => sass.compile(join(here, "css", name), COMPILED).css;
const NOTICE = "/* Saisine; parts: govuk-frontend 6.3.0, MIT, static/vendor/govuk-frontend-6.3.0/LICENSE */\n";

const kit = async () => (await postcss([trim]).process(compile("kit.scss"), { from: undefined })).css;

const TARGET = ["chrome105", "firefox110", "safari15.4"];

async function style(css) {
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: TARGET });
  return code;
}

/* Drawings go with the rules that show them: one request for all. */
async function drawings(name) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: compile(name), resolveDir: join(here, "css"), loader: "css" },
    bundle: true,
    minify: true,
    loader: { ".svg": "dataurl" },
    target: TARGET,
    write: false,
  });
  return outputFiles[0].text;
}

/* The words of the counter in English: each of ours stands in the page, in its language (parts/control.html). */
const wordless = {
  name: "wordless",
  setup(build) {
    build.onLoad({ filter: /character-count\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/ {2}i18n: \{\n {4}charactersUnderLimit[^]*?\n {2}\}\n/, "  i18n: {}\n"),
    }));
  },
};

async function script(name, address = {}) {
  const built = await esbuild.build({
    entryPoints: [join(here, "js", "src", name)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    write: false,
    plugins: [wordless],
    define: address,
    external: ["./listen.js?*"],
  });
  return built.outputFiles[0].text;
}

/* A script that another one brings: its address changes with its content, as those of the pages do. */
const listen = await script("listen.js");
const version = createHash("sha256").update(listen).digest("hex").slice(0, 8);
const LISTEN = JSON.stringify(`./listen.js?v=${version}`);

/* What every page loads, then what some pages add. */
const made = {
  "css/saisine.css": NOTICE + (await style((await kit()) + compile("saisine.scss"))),
  "css/desk.css": await style(compile("desk.scss")),
  "css/pictograms.css": await drawings("pictograms.scss"),
  "js/form.js": NOTICE + (await script("form.js", { LISTEN })),
  "js/listen.js": listen,
  "css/receipt.css": await style(compile("receipt.scss")),
  "css/search.css": await style(compile("search.scss")),
  "js/record.js": await script("record.js"),
  "js/masks.js": await script("masks.js"),
  "js/rows.js": await script("rows.js"),
  "js/suggest.js": await script("suggest.js"),
  "js/upload.js": await script("upload.js"),
};
let stale = 0;
for (const [name, text] of Object.entries(made)) {
  const path = join(here, name);
  const size = `${(gzipSync(text, { level: 9 }).length / 1024).toFixed(1)} kB gzip`;
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    stale += 1;
    console.error(`${name}: not the result of its sources, run "npm run build"`);
  }
  console.log(`${name}: ${size}`);
}
process.exitCode = stale ? 1 : 0;
