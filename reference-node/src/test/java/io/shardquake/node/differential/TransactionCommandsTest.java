package io.shardquake.node.differential;

/** Transactions, generated. */
final class TransactionCommandsTest extends GeneratedCommands {
  TransactionCommandsTest() {
    super("transactions.txt");
  }
}
