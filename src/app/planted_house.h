// A house in which something of each kind stands, for the tests that ask every route. For the tests of this folder
// alone.
#pragma once
#include <boost/json.hpp>
#include <map>

#include "app/opened_house.h"

namespace bursary::app {

class PlantedHouse : public OpenedHouse {
 public:
  PlantedHouse();

  // What stands in {name} of this path.
  std::string place(const web::Route& route, const std::string& name) const;
  // Fit for its route in everything, with what is planted in its path; asked by nobody.
  web::Request as_nobody(const web::Route& route) const;
  // With a cookie, or for the API a token.
  web::Request as(const std::string& cookie, const web::Route& route) const;
  web::Response ask(const web::Request& request) const { return house->pipeline().handle(request); }
  const std::vector<std::unique_ptr<web::Route>>& routes() const { return house->router().routes(); }

  std::string staff;      // the cookie of who may everything at the console
  std::string applicant;  // the cookie of whose applications are planted
  std::string token;      // "Bearer …", of `staff` with every scope

 private:
  // By the API, with every scope; it must be done.
  boost::json::object call(web::Method method, const std::string& path, const boost::json::value& body = nullptr) const;
  // By a form; it must be done. Where it leads to.
  std::string post(const std::string& path, std::string form, const std::string& cookie) const;
  applications::Submitted submit(const std::string& description) const;
  void plant_applications();
  void plant_decisions();
  void plant_console();
  void plant_links();
  messages::DeskParts desk() const;

  web::PersonId maker_;                        // of all that staff made
  std::map<std::string, std::string> places_;  // by a path's beginning, else by its name
};

}  // namespace bursary::app
