package io.shardquake.workloads.client;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The error table: every way in which an operation can end without success, whether it is then
 * certain that the operation did not happen, and whether a client may ask again. {@code
 * docs/errors.md} is this table.
 *
 * <p>An error that leaves the outcome open makes an {@link Outcome.Info} only if commands that
 * could perform the operation may have left: an operation that was still reading what it would
 * compare with certainly did not happen, whatever went wrong.
 */
public enum OperationError {
  MOVED(
      Source.REPLY,
      "MOVED",
      Certainty.NOT_DONE,
      Recovery.FOLLOW,
      "the node does not serve the slot; it names the one that does, and executed nothing"),
  ASK(
      Source.REPLY,
      "ASK",
      Certainty.NOT_DONE,
      Recovery.ASK,
      "the slot is migrating and the key is not here; the target is to be asked this once"),
  TRYAGAIN(
      Source.REPLY,
      "TRYAGAIN",
      Certainty.NOT_DONE,
      Recovery.RETRY,
      "the slot is migrating and the keys are split between both nodes; nothing was executed"),
  CLUSTERDOWN(
      Source.REPLY,
      "CLUSTERDOWN",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the node holds the cluster for down, or the slot for unserved; refused before execution"),
  CROSSSLOT(
      Source.REPLY,
      "CROSSSLOT",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the keys belong to several slots; refused before execution"),
  READONLY(
      Source.REPLY,
      "READONLY",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the node is a replica and was asked to write; refused before execution"),
  LOADING(
      Source.REPLY,
      "LOADING",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the node is loading its data; refused before execution"),
  MASTERDOWN(
      Source.REPLY,
      "MASTERDOWN",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the replica has lost its master and may not serve stale data; refused before execution"),
  MISCONF(
      Source.REPLY,
      "MISCONF",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the last save or append to disk failed, and writes are refused before execution"),
  NOREPLICAS(
      Source.REPLY,
      "NOREPLICAS",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "fewer good replicas than min-replicas-to-write; checked before execution, not after"),
  OOM(
      Source.REPLY,
      "OOM",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the memory limit is reached; commands that may grow memory are refused before execution"),
  NOAUTH(
      Source.REPLY,
      "NOAUTH",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the connection has not authenticated; refused before execution"),
  NOPERM(
      Source.REPLY,
      "NOPERM",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the user may not run the command or touch the key; refused before execution"),
  WRONGTYPE(
      Source.REPLY,
      "WRONGTYPE",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the key holds another type; commands look at the type before they change anything"),
  EXECABORT(
      Source.REPLY,
      "EXECABORT",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "a command was refused while the transaction was queued, so all of it was discarded"),
  BUSY(
      Source.REPLY,
      "BUSY",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "a script has been running for too long; refused before execution"),
  UNBLOCKED(
      Source.REPLY,
      "UNBLOCKED",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "a blocked command was sent away instead of being executed"),
  DENIED(
      Source.REPLY,
      "DENIED",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the server is in protected mode; it closes the connection without having read from it"),
  UNKNOWN_COMMAND(
      Source.REPLY,
      "ERR unknown command",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the server does not know the command, so it cannot have executed it"),
  WRONG_ARITY(
      Source.REPLY,
      "ERR wrong number of arguments",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "checked before execution"),
  NOT_AN_INTEGER(
      Source.REPLY,
      "ERR value is not an integer or out of range",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the stored or the given number cannot be read; checked before it is changed"),
  TOO_MANY_CLIENTS(
      Source.REPLY,
      "ERR max number of clients",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the server closes the connection without having read anything from it"),
  UNKNOWN_ERROR(
      Source.REPLY,
      "unknown-error",
      Certainty.OPEN,
      Recovery.NONE,
      "any other error: servers use the code ERR before, during and after execution, so nothing is"
          + " proven"),
  CAS_MISMATCH(
      Source.CLIENT,
      "cas-mismatch",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the value was not the expected one, so no transaction was begun"),
  CAS_CONFLICT(
      Source.CLIENT,
      "cas-conflict",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "EXEC answered nil: the watched key had changed, and the transaction was discarded"),
  CONNECTION_REFUSED(
      Source.CLIENT,
      "connection-refused",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "no connection could be made, so not a byte left"),
  CONNECT_TIMEOUT(
      Source.CLIENT,
      "connect-timeout",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "no connection was made in time, so not a byte left"),
  NOT_SENT(
      Source.CLIENT,
      "not-sent",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "the connection broke, or time ran out, before the commands were handed to the socket"),
  TOO_MANY_REDIRECTS(
      Source.CLIENT,
      "too-many-redirects",
      Certainty.NOT_DONE,
      Recovery.NONE,
      "every node that was asked redirected or put off, up to the bound; none executed anything"),
  TIMEOUT(
      Source.CLIENT,
      "timeout",
      Certainty.OPEN,
      Recovery.NONE,
      "no answer in time; the commands may have been executed, or may be later"),
  CONNECTION_LOST(
      Source.CLIENT,
      "connection-lost",
      Certainty.OPEN,
      Recovery.NONE,
      "the connection was reset or ended after bytes may have left and before the answer came"),
  BROKEN_TRANSACTION(
      Source.CLIENT,
      "broken-transaction",
      Certainty.OPEN,
      Recovery.NONE,
      "some commands of a transaction were executed and some were not"),
  UNEXPECTED_REPLY(
      Source.CLIENT,
      "unexpected-reply",
      Certainty.OPEN,
      Recovery.NONE,
      "the answer is not one that the command can have, so it proves nothing"),
  CLIENT_CLOSED(
      Source.CLIENT,
      "client-closed",
      Certainty.OPEN,
      Recovery.NONE,
      "the client was closed while it waited for the answer"),
  CLIENT_FAILED(
      Source.CLIENT,
      "client-failed",
      Certainty.OPEN,
      Recovery.NONE,
      "the client threw instead of answering; how far it had got is not known"),
  UNANSWERED(
      Source.CLIENT,
      "unanswered",
      Certainty.OPEN,
      Recovery.NONE,
      "the client had not answered when its run ended");

  /** Who says that there was an error. */
  public enum Source {
    /** A node, by an error reply. */
    REPLY,
    /** The client itself. */
    CLIENT
  }

  /** What is known of the operation. */
  public enum Certainty {
    /** It did not happen and never will. */
    NOT_DONE,
    /** It may have happened and may still. */
    OPEN
  }

  /** What a client may do within the same operation. */
  public enum Recovery {
    /** Ask the node that the error names, and remember it for the slot. */
    FOLLOW,
    /** Ask the node that the error names, each command after ASKING, and remember nothing. */
    ASK,
    /** Ask the same node again after a while. */
    RETRY,
    /** End the operation. */
    NONE
  }

  private static final List<OperationError> REPLIES_LONGEST_FIRST =
      Arrays.stream(values())
          .filter(error -> error.source == Source.REPLY && error != UNKNOWN_ERROR)
          .sorted(
              Comparator.comparingInt((OperationError error) -> error.label.length()).reversed())
          .toList();

  private final Source source;
  private final String label;
  private final Certainty certainty;
  private final Recovery recovery;
  private final String meaning;

  OperationError(
      Source source, String label, Certainty certainty, Recovery recovery, String meaning) {
    this.source = source;
    this.label = label;
    this.certainty = certainty;
    this.recovery = recovery;
    this.meaning = meaning;
  }

  /** The entry for an error reply: the one whose label the message begins with, word for word. */
  public static OperationError ofReply(String message) {
    for (OperationError error : REPLIES_LONGEST_FIRST) {
      String label = error.label;
      if (message.startsWith(label)
          && (message.length() == label.length() || message.charAt(label.length()) == ' ')) {
        return error;
      }
    }
    return UNKNOWN_ERROR;
  }

  public Source source() {
    return source;
  }

  /** The name of this entry in histories; for a reply, how its message begins. */
  public String label() {
    return label;
  }

  public Certainty certainty() {
    return certainty;
  }

  public Recovery recovery() {
    return recovery;
  }

  /** Why it is classified so, in a few words. */
  public String meaning() {
    return meaning;
  }
}
