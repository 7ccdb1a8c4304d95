package io.mimic.benchmarks;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures beside docs/performance.md. */
final class Plots {
    /** Told apart by colour-blind readers too (Okabe and Ito). */
    private static final List<Color> COLOURS = List.of(
            new Color(0, 114, 178),
            new Color(213, 94, 0),
            new Color(0, 158, 115),
            new Color(204, 121, 167),
            new Color(86, 180, 233),
            new Color(230, 159, 0),
            new Color(0, 0, 0),
            new Color(150, 150, 150));

    private final Path folder;

    Plots(Path folder) {
        this.folder = folder;
    }

    /** A point of a line. */
    record Point(double x, double y) {}

    /** What an axis is about. */
    record Axis(String title, boolean logarithmic) {}

    /**
     * Writes {@code NAME.svg}.
     *
     * @param lines by what they show, each from left to right
     */
    void lines(String name, String title, Axis x, Axis y, Map<String, List<Point>> lines) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(820)
                .height(440)
                .title(title)
                .xAxisTitle(x.title())
                .yAxisTitle(y.title())
                .build();
        style(chart.getStyler(), x, y);
        lines.forEach((line, points) -> chart.addSeries(
                        line,
                        points.stream().mapToDouble(Point::x).toArray(),
                        points.stream().mapToDouble(Point::y).toArray())
                .setMarker(SeriesMarkers.CIRCLE));
        Files.createDirectories(folder);
        VectorGraphicsEncoder.saveVectorGraphic(
                chart, folder.resolve(name).toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        // letters are drawn: in hundredths of a pixel they take a third
        Path file = folder.resolve(name + ".svg");
        Files.writeString(file, Files.readString(file).replaceAll("(\\.\\d\\d)\\d+", "$1"));
    }

    private static void style(XYStyler style, Axis x, Axis y) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setLegendBorderColor(Color.WHITE);
        style.setSeriesColors(COLOURS.toArray(new Color[0]));
        style.setXAxisLogarithmic(x.logarithmic());
        style.setYAxisLogarithmic(y.logarithmic());
        if (!y.logarithmic()) {
            style.setYAxisMin(0.0);
        }
        style.setMarkerSize(8);
    }
}
