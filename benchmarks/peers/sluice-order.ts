// An order as a class, for Sluice: with its own copy of class-transformer, as this folder has another for the peers.
import { createRequire } from 'node:module';
import '@sluice/core';

const require = createRequire(createRequire(import.meta.url).resolve('@sluice/core'));
const { Type } = require('class-transformer') as typeof import('class-transformer');
const { IsArray, IsBoolean, IsEmail, IsInt, IsNumber, IsString, Max, MaxLength, Min, ValidateNested } =
  require('class-validator') as typeof import('class-validator');

class Item {
  @IsString() @MaxLength(50) name!: string;
  @IsNumber() price!: number;
  @IsInt() @Min(1) @Max(100) quantity!: number;
}

export class Order {
  @IsString() @MaxLength(50) customer!: string;
  @IsEmail() email!: string;
  @IsBoolean() gift!: boolean;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Item) items!: Item[];
  @IsInt() @Min(0) priority!: number;
}
