package io.shardquake.node.core.command;

import java.util.Locale;

/** What a command is allowed and forbidden, in the order in which COMMAND lists flags. */
public enum CommandFlag {
  WRITE('w'),
  READONLY('r'),
  DENYOOM('m'),
  MODULE('\0'),
  ADMIN('a'),
  PUBSUB('p'),
  NOSCRIPT('s'),
  BLOCKING('B'),
  LOADING('l'),
  STALE('t'),
  SKIP_MONITOR('M'),
  SKIP_SLOWLOG('S'),
  ASKING('k'),
  FAST('F'),
  NO_AUTH('n'),
  NO_MANDATORY_KEYS('K'),
  NO_ASYNC_LOADING('x'),
  NO_MULTI('X'),
  MOVABLEKEYS('v'),
  ALLOW_BUSY('b');

  private final char letter;

  CommandFlag(char letter) {
    this.letter = letter;
  }

  /** The flag that a letter of commands.txt stands for. */
  static CommandFlag ofLetter(char letter) {
    for (CommandFlag flag : values()) {
      if (flag.letter == letter) {
        return flag;
      }
    }
    throw new IllegalArgumentException("no command flag has the letter " + letter);
  }

  /** The word in COMMAND's reply. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
