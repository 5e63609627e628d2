// Writes the sample archive: duluan_sample MATERIAL_DIR OUT_DIR [TRUTH_FILE]
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "files.hpp"
#include "truth.hpp"

namespace sample {
namespace {

namespace fs = std::filesystem;

class Output {
 public:
  explicit Output(fs::path folder) : folder_(std::move(folder)) {}

  /// Puts a file into the folder of the month in which it is delivered.
  void put(int delivered, const std::string& name, const std::string& bytes) {
    const fs::path folder = folder_ / label_of(delivered);
    fs::create_directories(folder);
    write(folder / name, bytes);
    ++files_;
    bytes_ += bytes.size();
  }

  static void write(const fs::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path.string());
  }

  [[nodiscard]] std::size_t files() const { return files_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  fs::path folder_;
  std::size_t files_ = 0, bytes_ = 0;
};

const Place& unit_of(const Source& source, const std::vector<Place>& places) {
  for (const Place& place : places)
    if (place.id == source.unit) return place;
  throw std::runtime_error("places.tsv lacks " + source.unit);
}

void put_report(Output& output, const Source& source, const Place& unit, int month,
                const std::vector<const Told*>& told) {
  const std::vector<Paragraph> report = make_report(unit, month, told);
  const std::string name = "bao-cao-" + unit.id + "-" + label_of(month) + (source.docx ? ".docx" : ".txt");
  output.put(late(unit.id, month) ? month + 1 : month, name, source.docx ? as_docx(report) : as_text(report));
}

void put_month(Output& output, const Plan& plan, const std::vector<Place>& places, int month) {
  const std::vector<Source> all = sources();
  for (std::size_t index = 0; index < all.size(); ++index) {
    const Source& source = all[index];
    std::vector<const Told*> told;
    for (const Told& each : plan.told)
      if (each.month == month && each.source == index) told.push_back(&each);
    if (source.channel == Channel::kHotline)
      output.put(month, "duong-day-nong-" + label_of(month) + ".csv", as_hotline(month, told, places));
    else if (source.channel == Channel::kPetition)
      output.put(month, "kien-nghi-cu-tri-" + label_of(month) + ".jsonl", as_petitions(month, told, places));
    else if (!silent(source.unit, month)) put_report(output, source, unit_of(source, places), month, told);
  }
}

void generate(const fs::path& material_folder, const fs::path& out, const char* truth) {
  const std::vector<Place> places = load_places(material_folder / ".." / "places.tsv");
  const Plan plan = make_plan(load_material(material_folder), places);
  Output output(out);
  for (int month = 0; month < kMonths; ++month) put_month(output, plan, places, month);
  if (truth != nullptr) Output::write(truth, truth_table(plan, places));
  std::fputs(count_table(plan).c_str(), stdout);
  std::fprintf(stderr, "%zu opinions in %zu files, %zu bytes; %d drawn but left out for want of a fresh sentence\n",
               plan.told.size(), output.files(), output.bytes(), plan.unplaced);
}

}  // namespace
}  // namespace sample

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fputs("usage: duluan_sample MATERIAL_DIR OUT_DIR [TRUTH_FILE]\n", stderr);
    return 2;
  }
  // A zip holds local time; the archive must not depend on where it is made.
  setenv("TZ", "UTC", 1);
  tzset();
  try {
    sample::generate(argv[1], argv[2], argc > 3 ? argv[3] : nullptr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "duluan_sample: %s\n", error.what());
    return 1;
  }
  return 0;
}
