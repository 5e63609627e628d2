// A headless Chromium driven through chromedriver (W3C WebDriver over HTTP on this machine).
//
//     Browser& browser = Browser::shared();
//     browser.size(390, 844);
//     browser.open("/tmp/brief.html");
//     CHECK(browser.script("return document.title") == "…");
//
// Whatever the browser refuses throws std::runtime_error, which fails the test that asked.
#pragma once

#include <memory>
#include <string>
#include <vector>

class Browser {
 public:
  /// Why there can be no browser here; empty if there can.
  static std::string missing();
  /// One for the whole process, started when first asked for.
  static Browser& shared();

  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  /// Size of the window's inside, in CSS pixels; below 500 the browser acts as a telephone.
  void size(int width, int height);
  /// `media` is "screen" or "print", `scheme` "light" or "dark".
  void media(const std::string& media, const std::string& scheme);
  /// Loads a file and forgets what the console and the network log held before.
  void open(const std::string& file);
  /// Runs the body of a function in the page; its result as text (JSON if it is no string).
  std::string script(const std::string& body);
  /// The key as pressed by a person: "\uE004" is Tab, "\uE007" Enter.
  void press(const std::string& key);
  /// "role: name" of each element as the accessibility tree has it.
  std::vector<std::string> accessible(const std::string& selector);
  /// A4 with the page's own margins; the bytes of the PDF.
  std::string print();
  /// Messages on the console since open().
  std::vector<std::string> console();
  /// Addresses asked for since open().
  std::vector<std::string> requests();

 private:
  Browser();
  struct Session;
  std::unique_ptr<Session> session_;
};
