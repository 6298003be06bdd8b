//! A city with three districts, a zone and five schools.

/// Declared behind the rules of a case. One school says nothing of its 类型, another of its 办学.
pub const CITY: &str = "
region 昆明 contains 五华区, 盘龙区, 东川区, 磨憨
region 磨憨 (功能区)
region 主城区 (group) contains 五华区, 盘龙区
entity 学校 { 学段: 小学 | 初中 | 高中  类型: 寄宿制 | 非寄宿制  办学: 公办 | 民办  学生数: count 人  在: region }
entity 长城小学 : 学校 in 五华区 { 学段 = 小学  类型 = 非寄宿制  办学 = 公办  学生数 = 1200人 }
entity 武成小学 : 学校 in 五华区 { 学段 = 小学  类型 = 寄宿制  办学 = 民办  学生数 = 640人 }
entity 盘龙一中 : 学校 in 盘龙区 { 学段 = 初中  类型 = 寄宿制  办学 = 公办  学生数 = 1800人 }
entity 铜都小学 : 学校 in 东川区 { 学段 = 小学  办学 = 公办  学生数 = 28人 }
entity 东川一中 : 学校 in 东川区 { 学段 = 高中  类型 = 寄宿制  学生数 = 2100人 }
";
