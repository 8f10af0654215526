package io.shardquake.node.core.info;

import java.util.Locale;

/** The text of INFO: headings and fields, lines ended by CR LF. Not thread-safe. */
public final class InfoText {
  private final StringBuilder text = new StringBuilder();

  void heading(String title) {
    if (text.length() > 0) {
      text.append("\r\n");
    }
    text.append("# ").append(title).append("\r\n");
  }

  /** Adds {@code name:value}; the value must not hold a line end. */
  public void field(String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  public void field(String name, long value) {
    field(name, Long.toString(value));
  }

  /** Adds 1 for true, 0 for false. */
  public void field(String name, boolean value) {
    field(name, value ? 1 : 0);
  }

  /** Adds 0 for each field, because the node does not have what it would count. */
  public void none(String... names) {
    for (String name : names) {
      field(name, 0);
    }
  }

  /** Adds a number with two decimals. */
  public void decimal(String name, double value) {
    field(name, String.format(Locale.ROOT, "%.2f", value));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
