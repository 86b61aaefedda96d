import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** An `as` tells the compiler to stop looking: a comment on its line, or above the statement, says why that is right. */
const excusedAssertions = {
  meta: {
    type: "problem",
    schema: [],
    messages: { excuse: "Say in a comment on this line or the one above why this `as` is right." },
  },
  create(context) {
    const commented = new Set();
    for (const comment of context.sourceCode.getAllComments()) {
      for (let line = comment.loc.start.line; line <= comment.loc.end.line + 1; line++) commented.add(line);
    }
    return {
      TSAsExpression(node) {
        const isConst = node.typeAnnotation.type === "TSTypeReference" && node.typeAnnotation.typeName.name === "const";
        if (!isConst && !commented.has(node.loc.start.line) && !commented.has(node.loc.end.line))
          context.report({ node, messageId: "excuse" });
      },
    };
  },
};

/** Forbids imports whose source matches `regex`, with the reason. */
const forbid = (...patterns) => ["error", { patterns: patterns.map(([regex, message]) => ({ regex, message })) }];
const noProcess = [
  "error",
  { name: "process", message: "Only server/main.ts reads the environment; everything else is told." },
];

export default tseslint.config(
  { ignores: ["build/", "data/", "coverage/", "**/node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { hufu: { rules: { "excused-assertions": excusedAssertions } } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { varsIgnorePattern: "^_+$", argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/unbound-method": "off", // objects here are made by createX and have no `this`, see below
      "max-lines": ["error", { max: 300 }],
      "no-restricted-syntax": [
        "error",
        ...["TSEnumDeclaration", "TSModuleDeclaration", "TSParameterProperty"].map((selector) => ({
          selector,
          message: "Node runs these files by erasing their types: only syntax that can be erased.",
        })),
        {
          selector: "ObjectExpression ThisExpression",
          message: "What createX returns is taken apart by its callers: name the function instead of `this`.",
        },
      ],
    },
  },
  {
    files: ["core/**/*.ts", "server/**/*.ts", "web/**/*.ts", "scripts/**/*.ts"],
    rules: { "hufu/excused-assertions": "error", "no-console": "off" },
  },
  {
    files: ["core/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["^node:", "core is pure and runs in the browser: no Node API; take what you need as an argument."],
        [
          "^(?!@noble/(hashes|curves)|hash-wasm|\\.)",
          "core imports only hashing and encoding libraries, so that a stranger can read all that a verdict rests on.",
        ],
        ["(^|/)(server|web|scripts|test)/", "imports point one way: core knows nobody."],
      ),
      "no-restricted-globals": [
        "error",
        ...["process", "Buffer", "fetch", "window", "document", "setTimeout", "crypto"].map((name) => ({
          name,
          message: "core has no I/O, clock or randomness: they come in as arguments.",
        })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "core has no clock." },
        { object: "Math", property: "random", message: "core has no randomness." },
      ],
    },
  },
  {
    files: ["web/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["^node:", "web runs in the browser too."],
        ["(^|/)(server|scripts|test)/", "imports point one way: the page knows core alone, the rest comes as data."],
        ["^(?!@noble/hashes|\\.)", "the page needs no library beyond core's."],
      ),
      "no-restricted-globals": noProcess,
    },
  },
  {
    files: ["server/**/*.ts"],
    ignores: ["server/main.ts"],
    rules: {
      "no-restricted-globals": noProcess,
      "no-restricted-imports": forbid([
        "(^|/)(scripts|test)/",
        "imports point one way: the gateway does not know its tools.",
      ]),
    },
  },
  {
    files: ["server/http/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        [
          "^(ethers|kysely|node:sqlite)",
          "http knows no SQL and no ethers: ask server/record or a dependency handed in.",
        ],
        [
          "(^|/)(anchoring|chain)/",
          "http reads state through what it is given; it never calls back into anchoring or the chain.",
        ],
        ["(^|/)(scripts|test)/", "imports point one way."],
      ),
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-misused-spread": "off", // in tests, strings are identifiers in ASCII
      "max-lines": ["error", { max: 400 }],
    },
  },
  { files: ["**/*.js"], languageOptions: { globals: { process: "readonly", console: "readonly" } } },
);
