#include "concern/strings.hpp"

namespace duluan::concern {
namespace {

constexpr Phrases kVietnamese = {
    .code = "vi",
    .title = "Tổng hợp tình hình dư luận xã hội {0}",
    .summary = "Tổng hợp {0} ý kiến; {1}/{2} địa bàn, đơn vị có báo cáo trong kỳ; {3} vấn đề nổi lên.",
    .review_first = "Bản tổng hợp do phần mềm lập. Cán bộ phụ trách cần đối chiếu với báo cáo gốc trước khi sử dụng.",
    .concerns = "I. Vấn đề nổi lên",
    .no_concern = "Trong kỳ chưa có vấn đề nào vượt rõ rệt mức thường lệ.",
    .history_too_short = "Chưa đủ số liệu để đánh giá: cần ít nhất năm kỳ trước đó có báo cáo.",
    .whole = "Toàn địa bàn",
    .local = "Tại {0}",
    .since_now = "mới nổi lên trong kỳ này",
    .since = "nổi lên từ {0} đến nay",
    .figures =
        "Kỳ này ghi nhận {0} ý kiến; căn cứ các kỳ trước, dự kiến khoảng {1} ý kiến (khoảng dự kiến 95%: từ {2} "
        "đến {3}), tức gấp {4} lần mức dự kiến.",
    .figures_small =
        "Kỳ này ghi nhận dưới 5 ý kiến, nhưng vẫn cao hơn rõ rệt mức dự kiến là khoảng {1} ý kiến (khoảng "
        "dự kiến 95%: từ {2} đến {3}).",
    .rarity = "Nếu dư luận vẫn như trước thì bình quân khoảng {0} kỳ mới có một kỳ cao như vậy.",
    .rarity_beyond = "Nếu dư luận vẫn như trước thì hơn {0} kỳ mới có một kỳ cao như vậy.",
    .strongest = "Nổi rõ nhất tại {0}.",
    .rests_on = "Căn cứ: {0} ý kiến trong {1} báo cáo của {2} đơn vị.",
    .few_opinions = "dưới 5",
    .quotations = "Ý kiến tiêu biểu",
    .more_withheld = "Không trích thêm vì số ý kiến quá ít.",
    .source = "Nguồn: {0}",
    .chart = "Số ý kiến về {0} qua các kỳ, từ {1} đến {2}",
    .legend_observed = "số ý kiến",
    .legend_expected = "mức dự kiến",
    .legend_range = "khoảng dự kiến 95%",
    .legend_small = "dưới 5 ý kiến",
    .table = "II. Số ý kiến theo lĩnh vực và địa bàn",
    .topic = "Lĩnh vực",
    .total = "Toàn địa bàn",
    .other_places = "Bảng chỉ ghi {0} nơi có nhiều ý kiến nhất trong {1} nơi; cột “Toàn địa bàn” tính đủ.",
    .table_note =
        "“<5”: dưới 5 ý kiến, không ghi số cụ thể để không thể nhận ra người có ý kiến. “×”: ẩn để không suy ra "
        "được ô bên cạnh. “–”: không có báo cáo trong kỳ. Ô càng đậm, số ý kiến càng nhiều; ô có khung là vấn "
        "đề nổi lên. Một ý kiến có thể thuộc nhiều lĩnh vực.",
    .column_observed = "Số ý kiến",
    .column_expected = "Dự kiến",
    .column_range = "Khoảng 95%",
    .flagged_mark = "nổi lên",
    .trends = "III. Từng lĩnh vực trên toàn địa bàn",
    .trends_note =
        "Chấm tròn: số ý kiến; chấm rỗng: dưới 5 ý kiến; chấm đỏ: kỳ này, vấn đề nổi lên; dải nhạt: khoảng dự "
        "kiến 95%; nét đứt: mức dự kiến.",
    .coverage = "IV. Tình hình báo cáo",
    .coverage_sentence = "{0}/{1} địa bàn, đơn vị có báo cáo trong kỳ.",
    .silent_places = "Chưa có báo cáo trong kỳ (12 kỳ trước có báo cáo): {0}.",
    .none_silent = "Tất cả các nơi vẫn thường báo cáo đều đã có báo cáo.",
    .fewer_places = "Số báo cáo chưa bằng một nửa mức thường lệ: {0}.",
    .coverage_note = "Nơi chưa có báo cáo không có nghĩa là không có ý kiến; nhận định chỉ dựa trên nơi đã báo cáo.",
    .column_place = "Địa bàn, đơn vị",
    .column_reports = "Số báo cáo",
    .column_usual = "Bình quân 12 kỳ trước",
    .column_opinions = "Số ý kiến",
    .column_last = "Kỳ báo cáo gần nhất",
    .silent = "chưa có",
    .method = "V. Cách tính và mức độ tin cậy",
    .method_how =
        "Số ý kiến của từng lĩnh vực, tại từng nơi và trên toàn địa bàn, được so với mức dự kiến tính từ các kỳ "
        "trước. Mức dự kiến có xét đến tổng số ý kiến nhận được, xu hướng, mùa vụ trong năm và dịp Tết Nguyên "
        "đán; số liệu sau kỳ tổng hợp không được dùng. Ý kiến chép lại từ báo cáo khác không được tính.",
    .method_alarms =
        "Kỳ này đã xét {0} chuỗi số liệu. Một chuỗi chỉ được nêu khi xác suất ngẫu nhiên không quá {1}%, và "
        "xét chung tất cả các chuỗi thì bình quân không quá {2}% số chuỗi được nêu là báo nhầm (phương pháp "
        "Benjamini – Hochberg). Có {3} chuỗi được nêu, gộp thành {4} vấn đề.",
    .method_untested = "Chưa chuỗi số liệu nào đủ dài để xét.",
    .method_privacy =
        "Dữ liệu cá nhân đã được loại bỏ trước khi lưu. Ý kiến gắn với lĩnh vực, địa bàn và kỳ báo cáo, "
        "không gắn với người có ý kiến.",
    .method_limits =
        "Lĩnh vực do máy phân loại nên có thể sai ở từng ý kiến. “Nổi lên” chỉ nói rằng số ý kiến nhiều hơn "
        "thường lệ, không đánh giá ý kiến đúng hay sai.",
    .models = "Phiên bản: {0}.",
    .no_models = "Kho lưu trữ không ghi phiên bản mô hình.",
};

constexpr Phrases kEnglish = {
    .code = "en",
    .title = "Public opinion: synthesis for {0}",
    .summary = "Rests on {0} opinions; {1} of {2} places and units reported; concerns found: {3}.",
    .review_first = "Drawn up by a program. The officer in charge must check it against the reports before it is used.",
    .concerns = "I. Emerging concerns",
    .no_concern = "No concern clearly exceeds the usual level in this period.",
    .history_too_short = "Too little data to judge: at least five earlier periods with reports are needed.",
    .whole = "Whole area",
    .local = "In {0}",
    .since_now = "new in this period",
    .since = "since {0}",
    .figures =
        "{0} opinions in this period; from the periods before, about {1} were expected (95% range: {2} to {3}), "
        "which is {4} times the expected level.",
    .figures_small =
        "Fewer than 5 opinions in this period, yet clearly more than the {1} or so that were expected (95% "
        "range: {2} to {3}).",
    .rarity = "Had opinion not changed, about one period in {0} would be as high.",
    .rarity_beyond = "Had opinion not changed, fewer than one period in {0} would be as high.",
    .strongest = "Most marked in {0}.",
    .rests_on = "Rests on: opinions {0}, reports {1}, reporting units {2}.",
    .few_opinions = "fewer than 5",
    .quotations = "In their words",
    .more_withheld = "No more are quoted because the opinions are so few.",
    .source = "Source: {0}",
    .chart = "Opinions on {0} by period, {1} to {2}",
    .legend_observed = "opinions",
    .legend_expected = "expected",
    .legend_range = "95% range",
    .legend_small = "fewer than 5",
    .table = "II. Opinions by topic and place",
    .topic = "Topic",
    .total = "Whole area",
    .other_places = "The table holds the {0} places with most opinions out of {1}; the column “Whole area” counts all.",
    .table_note =
        "“<5”: fewer than 5 opinions; the number is withheld so that nobody can be recognised. “×”: withheld so "
        "that its neighbour cannot be computed. “–”: no report in this period. Darker cells hold more opinions; "
        "framed ones are emerging concerns. An opinion may be of several topics.",
    .column_observed = "Opinions",
    .column_expected = "Expected",
    .column_range = "95% range",
    .flagged_mark = "emerging",
    .trends = "III. Each topic in the whole area",
    .trends_note =
        "Dots: opinions; hollow: fewer than 5; red: this period, emerging concern; pale band: 95% range; dashes: "
        "expected.",
    .coverage = "IV. Who has reported",
    .coverage_sentence = "{0} of {1} places and units reported in this period.",
    .silent_places = "No report in this period, though in the twelve before: {0}.",
    .none_silent = "All that usually report have reported.",
    .fewer_places = "Less than half the usual number of reports: {0}.",
    .coverage_note = "No report does not mean no opinion; what is said here rests on those who reported.",
    .column_place = "Place or unit",
    .column_reports = "Reports",
    .column_usual = "Mean of the 12 periods before",
    .column_opinions = "Opinions",
    .column_last = "Last report",
    .silent = "none",
    .method = "V. Method and reliability",
    .method_how =
        "The opinions of each topic, in each place and in the whole area, are compared with what the periods before "
        "lead one to expect, allowing for how many opinions were received at all, trend, season and Tết. Nothing "
        "later than the period is used. Opinions copied from another report are not counted.",
    .method_alarms =
        "{0} series were judged. A series is flagged only if its probability by chance is at most {1}% and if, "
        "judged with all the others, on average at most {2}% of the flagged ones are false (Benjamini–Hochberg). "
        "Series flagged: {3}; concerns they form: {4}.",
    .method_untested = "No series was long enough to be judged.",
    .method_privacy =
        "Personal data were removed before storage. Opinions are tied to topic, place and period, never to a person.",
    .method_limits =
        "Topics are assigned by a machine and may be wrong for single opinions. “Emerging” only says that there are "
        "more opinions than usual, not whether they are right.",
    .models = "Versions: {0}.",
    .no_models = "The archive names no model versions.",
};

}  // namespace

const Phrases& phrases(Language language) { return language == Language::kVietnamese ? kVietnamese : kEnglish; }

std::string fill(std::string_view phrase, std::initializer_list<std::string> values) {
  std::string out;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const bool slot = i + 2 < phrase.size() && phrase[i] == '{' && phrase[i + 2] == '}';
    const std::size_t n = slot ? static_cast<std::size_t>(phrase[i + 1] - '0') : values.size();
    if (n < values.size()) out += *(values.begin() + n), i += 2;
    else out += phrase[i];
  }
  return out;
}

}  // namespace duluan::concern
