package io.shardquake.node.core.list;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.ListValue;

/** Where elements are pushed or popped: LEFT is the head, RIGHT the tail. */
enum ListEnd {
  LEFT,
  RIGHT;

  /**
   * What an argument says.
   *
   * @throws ErrorReply a syntax error if it says neither
   */
  static ListEnd of(CommandContext context, int index) {
    if (context.is(index, "left")) {
      return LEFT;
    }
    if (context.is(index, "right")) {
      return RIGHT;
    }
    throw ErrorReply.syntax();
  }

  byte[] pop(ListValue list) {
    return this == LEFT ? list.removeFirst() : list.removeLast();
  }

  void push(ListValue list, byte[] element) {
    if (this == LEFT) {
      list.addFirst(element);
    } else {
      list.addLast(element);
    }
  }

  /** The name of the command that pops here. */
  String popCommand() {
    return this == LEFT ? "LPOP" : "RPOP";
  }
}
