package io.shardquake.node.core.lua;

/**
 * The compiler's complaints, in the words of Lua 5.1; the library does not tell near which word.
 */
final class CompileErrors {
  private CompileErrors() {}

  /** What Lua 5.1 says where this library says something. */
  static String words(String said) {
    int end = said.indexOf('\n');
    return (end < 0 ? said : said.substring(0, end))
        .replace("<eos>", "<eof>")
        .replaceFirst("unexpected symbol [0-9]+ .*", "unexpected symbol")
        .replaceFirst(": syntax error$", ": '=' expected");
  }
}
