package io.shardquake.node.core.scripting;

import io.shardquake.node.core.command.ErrorReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.luaj.vm2.LuaValue;

/**
 * Something that can be run: a script of EVAL, or a function.
 *
 * @param name as errors tell it: the script's SHA-1, or the function's name
 * @param function the code
 * @param flags that it declares
 * @param compatible whether it declares none, as scripts before Redis 7 did, and may do what those
 *     could
 */
record Script(String name, LuaValue function, Set<ScriptFlag> flags, boolean compatible) {
  Script {
    EnumSet<ScriptFlag> copy = EnumSet.noneOf(ScriptFlag.class);
    copy.addAll(flags);
    flags = Collections.unmodifiableSet(copy);
  }

  boolean has(ScriptFlag flag) {
    return flags.contains(flag);
  }

  /** What the first line of a script of EVAL declares. */
  record Declaration(Set<ScriptFlag> flags, boolean isThere, int length) {
    /**
     * Reads it.
     *
     * @throws ErrorReply if it begins as a declaration but is none
     */
    static Declaration of(byte[] code) {
      EnumSet<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
      if (code.length < 2 || code[0] != '#' || code[1] != '!') {
        return new Declaration(flags, false, 0);
      }
      int end = 0;
      while (end < code.length && code[end] != '\n') {
        end++;
      }
      if (end == code.length) {
        throw new ErrorReply("ERR Invalid script shebang");
      }
      String line = new String(Arrays.copyOf(code, end), StandardCharsets.ISO_8859_1).strip();
      String[] words = line.split("\\s+", -1);
      if (!words[0].equals("#!lua")) {
        throw new ErrorReply("ERR Unexpected engine in script shebang: " + words[0]);
      }
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        if (!word.startsWith("flags=")) {
          throw new ErrorReply("ERR Unknown lua shebang option: " + word);
        }
        for (String name : word.substring("flags=".length()).split(",", -1)) {
          if (name.isEmpty()) {
            continue;
          }
          flags.add(
              ScriptFlag.named(name)
                  .orElseThrow(
                      () -> new ErrorReply("ERR Unexpected flag in script shebang: " + name)));
        }
      }
      return new Declaration(flags, true, end);
    }
  }
}
