"""A second assessment in the city's ledger: it asks districts for what the city asks already, under other names, and streets for what is nobody else's business."""
import csv
import os

from served import ROOT

ID = "grassroots-2021"
SCHEME = """baton: 1
id: grassroots-2021
title: {zh: 云澜市2021年度基层治理专项考核, en: Yunlan grassroots assessment 2021}
period: 2021
frequency: month
methods:
  plain: {kind: direct}
groups:
  - {id: districts, title: {zh: 市（县）区, en: Districts}}
  - {id: streets, title: {zh: 街道, en: Streets}}
"""
DISTRICTS = ("yunhu", "jinting", "wanglan", "landong", "qingcen", "songyan", "zehe")
STREETS = ("street_hubin", "street_liuqiao")
BUREAUS = ("development_reform", "human_resources", "organisation", "political_legal")
INDICATORS = """id,name,name_en,parent,weight,kind,method,value,frequency,source,verifier,measure
economy,经济,Economy,,60,,,,,,,
fixed_assets,固定资产 投资（万元）,Fixed assets,economy,1,,plain,,month,development_reform,organisation,万元
jobs,新增城镇就业,Jobs in towns,economy,1,,plain,,month,human_resources,organisation,人
grid,治理,Governance,,40,,,,,,,
visits,走访群众次数,Visits,grid,1,,plain,,month,,political_legal,次
"""
WEIGHTS = "for,indicator,weight\ngroup:districts,grid,0\ngroup:districts,economy,100\ngroup:streets,economy,0\ngroup:streets,grid,100\n"


def figures(element, year="2021"):
    """What the city has of districts, by unit and period, as it is written."""
    with open(os.path.join(ROOT, "examples", "city", "observations.csv"), encoding="utf-8") as file:
        return {(row["unit"], row["period"]): row["value"] for row in csv.DictReader(file)
                if row["element"] == element and row["unit"] in DISTRICTS and row["period"].startswith(year) and row["value"]}


def units(level):
    rows = ["id,name,group,kind"]
    rows += ["%s,%s,districts,区" % (unit, unit) for unit in DISTRICTS]
    rows += ["%s,%s,streets,%s" % (unit, unit, level) for unit in STREETS]
    return "\n".join(rows + ["%s,%s,,部门" % (unit, unit) for unit in BUREAUS]) + "\n"


def write(folder, name=ID, level="街道", asks="political_legal"):
    """The package, with the city's investment of 2021 in its own unit of measurement. Streets may be called another level, and another department may ask them."""
    os.makedirs(folder)
    rows = ["%s,fixed_assets,%s,%s" % (unit, period, round(float(value) * 10000)) for (unit, period), value in figures("investment").items()]
    files = {"scheme.yaml": SCHEME.replace(ID, name), "indicators.csv": INDICATORS.replace("political_legal", asks), "weights.csv": WEIGHTS, "units.csv": units(level),
             "observations.csv": "\n".join(["unit,element,period,value"] + rows) + "\n"}
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder
