package io.payonce.bench;

import java.util.List;

/** A bar chart as SVG, readable on a light and on a dark page. */
final class Chart {
  private static final int ROW = 34;
  private static final int LEFT = 190;
  private static final int WIDTH = 420;
  private static final int TOP = 56;

  private Chart() {}

  record Bar(String name, double value) {}

  static String of(String title, String below, List<Bar> bars) {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    int height = TOP + bars.size() * ROW + 34;
    StringBuilder svg = new StringBuilder(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 %d" font-family="sans-serif" font-size="14">
        <rect width="700" height="%d" fill="#ffffff"/>
        <text x="16" y="30" font-size="18" font-weight="bold" fill="#1f2937">%s</text>
        """
            .formatted(height, height, escape(title)));
    for (int i = 0; i < bars.size(); i++) {
      svg.append(bar(bars.get(i), TOP + i * ROW, most));
    }
    return svg.append("<text x=\"16\" y=\"%d\" font-size=\"11\" fill=\"#6b7280\">%s</text>%n</svg>%n"
            .formatted(height - 12, escape(below)))
        .toString();
  }

  private static String bar(Bar bar, int y, double most) {
    double width = Math.max(2, bar.value() / most * WIDTH);
    return """
        <text x="%d" y="%d" text-anchor="end" fill="#1f2937">%s</text>
        <rect x="%d" y="%d" width="%.0f" height="22" rx="3" fill="%s"/>
        <text x="%.0f" y="%d" fill="#1f2937">%.1f</text>
        """
        .formatted(
            LEFT - 10,
            y + 16,
            escape(bar.name()),
            LEFT,
            y,
            width,
            bar.name().equals(Peer.PAYONCE) ? "#0f766e" : "#9ca3af",
            LEFT + width + 8,
            y + 16,
            bar.value());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
