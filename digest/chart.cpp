#include "digest/chart.h"

#include <algorithm>
#include <cmath>
#include <librsvg/rsvg.h>
#include <memory>

#include <fmt/format.h>

#include "digest/letter.h"

namespace narvaro {
namespace {

constexpr double kWidth = 560;
constexpr double kHeight = 110;
constexpr double kMargin = 6;  ///< so that no line is cut at an edge
constexpr double kScale = 2;   ///< for dense screens

/// Each stands out at least 3 : 1 from white and from near-black.
constexpr char kValueColour[] = "#d0453f";
constexpr char kPaceColour[] = "#76797d";

template <auto Free>
struct FreedBy {
    template <class T>
    void operator()(T* held) const noexcept {
        Free(held);
    }
};
using Svg = std::unique_ptr<RsvgHandle, FreedBy<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, FreedBy<cairo_surface_destroy>>;
using Canvas = std::unique_ptr<cairo_t, FreedBy<cairo_destroy>>;
using GError_ = std::unique_ptr<GError, FreedBy<g_error_free>>;

/// From a curve's days and figures to places in the picture.
class Frame {
  public:
    explicit Frame(const DigestCurve& curve) : span_(curve.span), scale_(scale_of(curve)) {}

    double x(sys_seconds t) const {
        const auto whole = static_cast<double>((span_.to - span_.from).count());
        const double share = static_cast<double>((t - span_.from).count()) / whole;
        return kMargin + std::clamp(share, 0.0, 1.0) * (kWidth - 2 * kMargin);
    }
    double y(double value) const {
        const double share = (value - scale_.low) / (scale_.high - scale_.low);
        return kHeight - kMargin - std::clamp(share, 0.0, 1.0) * (kHeight - 2 * kMargin);
    }

  private:
    Span span_;
    ChartScale scale_;
};

cairo_status_t append_to(void* out, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

Error undrawn(const std::string& why) {
    return {Fault::internal, "a chart could not be drawn: " + why, "report this as a bug", {}};
}

Result<std::string> png_of(const std::string& svg) {
    GError* error = nullptr;
    const Svg handle{
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error)};
    if (!handle) return tl::unexpected{undrawn(GError_ { error } -> message)};
    const Surface surface{cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                     static_cast<int>(kWidth * kScale),
                                                     static_cast<int>(kHeight * kScale))};
    const Canvas canvas{cairo_create(surface.get())};
    const RsvgRectangle whole{0, 0, kWidth * kScale, kHeight * kScale};
    if (rsvg_handle_render_document(handle.get(), canvas.get(), &whole, &error) == FALSE) {
        return tl::unexpected{undrawn(GError_ { error } -> message)};
    }
    std::string png;
    const auto status = cairo_surface_write_to_png_stream(surface.get(), append_to, &png);
    if (status != CAIRO_STATUS_SUCCESS) {
        return tl::unexpected{undrawn(cairo_status_to_string(status))};
    }
    return png;
}

}  // namespace

ChartScale scale_of(const DigestCurve& curve) {
    ChartScale scale{curve.goal, curve.goal};
    for (const CurvePoint& point : curve.points) {
        scale.low = std::min({scale.low, point.value, point.expected.value_or(point.value)});
        scale.high = std::max({scale.high, point.value, point.expected.value_or(point.value)});
    }
    if (scale.high - scale.low < 1e-9) scale.high = scale.low + 1;
    return scale;
}

std::string chart_svg(const DigestCurve& curve) {
    const Frame frame{curve};
    std::string value;
    std::string pace;
    for (const CurvePoint& point : curve.points) {
        value += fmt::format("{:.1f},{:.1f} ", frame.x(point.at), frame.y(point.value));
        if (!point.expected) continue;
        pace += fmt::format("{:.1f},{:.1f} ", frame.x(point.at), frame.y(*point.expected));
    }
    const CurvePoint& last = curve.points.back();
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">)"
        R"(<g fill="none" stroke="{grey}"><path stroke-width="1" stroke-dasharray="1 4" )"
        R"(d="M{left} {goal:.1f}H{right}"/>)"
        R"(<polyline stroke-width="2" stroke-dasharray="7 5" points="{pace}"/></g>)"
        R"(<polyline fill="none" stroke="{red}" stroke-width="3" stroke-linejoin="round" )"
        R"(points="{value}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{red}"/></svg>)",
        fmt::arg("w", kWidth), fmt::arg("h", kHeight), fmt::arg("grey", kPaceColour),
        fmt::arg("red", kValueColour), fmt::arg("left", kMargin),
        fmt::arg("right", kWidth - kMargin), fmt::arg("goal", frame.y(curve.goal)),
        fmt::arg("pace", pace), fmt::arg("value", value), fmt::arg("x", frame.x(last.at)),
        fmt::arg("y", frame.y(last.value)));
}

std::string chart_cid(const std::string& target) { return target + ".png@narvaro"; }

Result<std::vector<DigestPicture>> digest_pictures(const DigestWeek& week) {
    std::vector<DigestPicture> pictures;
    if (is_quiet(week)) return pictures;
    for (const DigestCurve& curve : week.curves) {
        auto png = png_of(chart_svg(curve));
        if (!png) return tl::unexpected{png.error()};
        pictures.push_back({chart_cid(curve.target), std::move(*png)});
    }
    return pictures;
}

}  // namespace narvaro
