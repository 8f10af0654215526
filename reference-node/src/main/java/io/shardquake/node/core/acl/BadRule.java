package io.shardquake.node.core.acl;

/** A rule that cannot be applied; the message is Redis's reason. */
final class BadRule extends Exception {
  private static final long serialVersionUID = 1L;

  BadRule(String reason) {
    super(reason);
  }

  static BadRule syntax() {
    return new BadRule("Syntax error");
  }

  static BadRule unknownCommand() {
    return new BadRule("Unknown command or category name in ACL");
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
