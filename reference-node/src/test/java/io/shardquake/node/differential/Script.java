package io.shardquake.node.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is done to both sides, from an empty keyspace.
 *
 * @param title what it shows
 * @param steps in order
 */
record Script(String title, List<Step> steps) {
  private static final Pattern ON_CONNECTION = Pattern.compile("(\\w+)(>>|>!|>|<)(?: (.*))?");

  /** Something done to both sides. */
  sealed interface Step {
    /** A request, whose reply is received at once unless the client is going to wait. */
    record Send(String connection, Request request, boolean receive, boolean silent)
        implements Step {
      @Override
      public String toString() {
        String arrow = receive ? "> " : silent ? ">! " : ">> ";
        return connection.equals("c") && receive
            ? request.toString()
            : connection + arrow + request;
      }
    }

    /** One more reply or push on a connection. */
    record Receive(String connection) implements Step {
      @Override
      public String toString() {
        return connection + "<";
      }
    }

    /** A configuration directive, put back at the end. */
    record Configure(String directive, String value) implements Step {
      @Override
      public String toString() {
        return "@config " + directive + " " + value;
      }
    }
  }

  Script {
    steps = List.copyOf(steps);
  }

  /** Requests of one client. */
  static Script of(List<Request> requests) {
    List<Step> steps = new ArrayList<>();
    requests.forEach(request -> steps.add(new Step.Send("c", request, true, false)));
    return new Script("generated", steps);
  }

  /**
   * The scripts of a case file. Each begins with a line {@code == title}; then follows one step a
   * line:
   *
   * <pre>
   * SET k v              a request on connection c, and its reply
   * d> GET k             the same on another connection
   * d>> BLPOP l 0        a request whose reply comes later
   * d<                   that reply, or any other message
   * d>! CLIENT REPLY OFF a request that is never answered
   * &#64;config hz 100       a configuration directive, on both sides
   * # remark
   * </pre>
   */
  static List<Script> parse(List<String> lines) {
    List<Script> scripts = new ArrayList<>();
    String title = "";
    List<Step> steps = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("== ")) {
        if (!steps.isEmpty()) {
          scripts.add(new Script(title, steps));
        }
        title = line.substring(3);
        steps = new ArrayList<>();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        steps.add(step(line));
      }
    }
    if (!steps.isEmpty()) {
      scripts.add(new Script(title, steps));
    }
    return scripts;
  }

  private static Step step(String line) {
    if (line.startsWith("@config ")) {
      String[] words = line.split(" ", 3);
      return new Step.Configure(words[1], words[2]);
    }
    Matcher matcher = ON_CONNECTION.matcher(line);
    if (!matcher.matches()) {
      return new Step.Send("c", Request.parse(line), true, false);
    }
    String connection = matcher.group(1);
    return matcher.group(2).equals("<")
        ? new Step.Receive(connection)
        : new Step.Send(
            connection,
            Request.parse(matcher.group(3)),
            matcher.group(2).equals(">"),
            matcher.group(2).equals(">!"));
  }
}
